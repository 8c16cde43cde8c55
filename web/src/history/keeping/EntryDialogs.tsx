import { NameVersionDialog } from "../../document/NameVersionDialog.tsx";
import { clockRange, momentText } from "../days.ts";
import { type HistoryEntry, type Part, type Placed, seqOf, type VersionEntry } from "../entries.ts";
import { historyText } from "../text.ts";
import { RestoreDialog } from "./RestoreDialog.tsx";
import { keepingText } from "./text.ts";
import { VersionDialog } from "./VersionDialog.tsx";
import { useEditVersion } from "./versions.ts";

/** A question that an entry's menu leads to. */
export type EntryQuestion =
  | { readonly kind: "restore" | "take-back" | "name" | "rename" | "describe"; readonly placed: Placed }
  | { readonly kind: "undo-person"; readonly placed: Placed; readonly person: Part };

function called({ entry, at }: Placed): string {
  return entry.kind === "version" ? historyText.quoted(entry.name) : momentText(at, Date.now());
}

function stretchOf(entry: HistoryEntry): {
  readonly after: number;
  readonly through: number;
  readonly when: string;
} {
  const through = seqOf(entry);
  if (entry.kind !== "session") return { after: through - 1, through, when: "" };
  return {
    after: entry.firstSeq - 1,
    through,
    when: clockRange(Date.parse(entry.startedAt), Date.parse(entry.endedAt)),
  };
}

type EditProps = {
  readonly documentId: string;
  readonly version: VersionEntry;
  readonly begin: "name" | "description";
  readonly onClose: () => void;
};

function EditVersion({ documentId, version, begin, onClose }: EditProps) {
  const edit = useEditVersion(documentId);
  const { id, name, description } = version;
  return (
    <VersionDialog
      title={begin === "name" ? keepingText.renameTitle : keepingText.describeTitle}
      action={keepingText.save}
      initial={{ name, description }}
      begin={begin}
      busy={edit.isPending}
      onSubmit={(naming) => edit.mutate({ id, ...naming }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

type Props = {
  readonly documentId: string;
  readonly question: EntryQuestion;
  readonly onClose: () => void;
  readonly onRestored: () => void;
};

export function EntryDialogs({ documentId, question, onClose, onRestored }: Props) {
  const { placed } = question;
  const { entry } = placed;
  const common = { documentId, onClose, onDone: onRestored };
  switch (question.kind) {
    case "restore":
      return (
        <RestoreDialog
          {...common}
          request={{ to: entry.kind === "version" ? entry.id : seqOf(entry) }}
          heading={keepingText.restoreTitle(called(placed))}
          said={keepingText.restoredTo(called(placed))}
        />
      );
    case "take-back":
      return (
        <RestoreDialog {...common} request={{ undo: seqOf(entry) }} heading={keepingText.takeBackTitle} />
      );
    case "undo-person": {
      const { after, through, when } = stretchOf(entry);
      const { person } = question;
      const { id, name } = person;
      return (
        <RestoreDialog
          {...common}
          request={{ by: id, after, through }}
          heading={keepingText.undoPersonTitle(name, when)}
          said={keepingText.personUndoneSaid(name)}
          part={person}
        />
      );
    }
    case "name":
      return <NameVersionDialog documentId={documentId} seq={seqOf(entry)} onClose={onClose} />;
    case "rename":
    case "describe":
      return entry.kind === "version" ? (
        <EditVersion
          documentId={documentId}
          version={entry}
          begin={question.kind === "rename" ? "name" : "description"}
          onClose={onClose}
        />
      ) : null;
  }
}
