import { useState } from "react";
import { copyText } from "../app/copyText.ts";
import { toast } from "../app/toast.ts";
import type { EntryAction } from "./EntryMenu.tsx";
import { type Moment, momentBefore, momentOf, nowMoment, seqOf } from "./entries.ts";
import type { EntryQuestion } from "./keeping/EntryDialogs.tsx";
import { momentAddress } from "./keeping/momentAddress.ts";
import { keepingText } from "./keeping/text.ts";
import { useCopyDocument } from "./keeping/useCopyDocument.ts";
import { useUnpin } from "./keeping/versions.ts";
import type { Look } from "./look.ts";
import type { Row } from "./rows.ts";

/** A comparison of the two, whichever was chosen first. */
export function comparison(one: Moment, other: Moment): Look {
  const [from, moment] = one.seq <= other.seq ? [one, other] : [other, one];
  return { mode: "compare", moment, from };
}

/** The moment before an entry's own changes; before a named version, the named one below it where there is one. */
export function momentBelow(row: Row, rows: readonly Row[]): Moment {
  const { entry } = row.placed;
  const below = rows.slice(rows.findIndex(({ key }) => key === row.key) + 1).map(({ placed }) => placed);
  if (entry.kind !== "version") return momentBefore(row.placed);
  const older = below.find(
    ({ entry: each }) => each.kind === "version" && !each.automatic && each.seq < entry.seq,
  );
  if (older !== undefined) return momentOf(older);
  const holder = below.find(({ entry: each }) => each.kind !== "version");
  return momentBefore(holder ?? row.placed);
}

type Options = {
  readonly documentId: string;
  readonly onLook: (look: Look) => void;
};

/** What the menus of the entries do; some of it asks a question first. */
export function useEntryActions({ documentId, onLook }: Options) {
  const [question, setQuestion] = useState<EntryQuestion | null>(null);
  const [comparing, setComparing] = useState<Row | null>(null);
  const { mutate: copy } = useCopyDocument(documentId);
  const { mutate: unpin } = useUnpin(documentId);

  const act = (row: Row, action: EntryAction, rows: readonly Row[], head: number) => {
    const { placed } = row;
    const { entry } = placed;
    switch (action.kind) {
      case "compare-now":
        return onLook(comparison(momentOf(placed), nowMoment(head, Date.now())));
      case "compare-before":
        return onLook(comparison(momentBelow(row, rows), momentOf(placed)));
      case "compare-with":
        return setComparing(row);
      case "copy":
        return copy(entry.kind === "version" ? entry.id : seqOf(entry));
      case "copy-link":
        return void copyText(momentAddress(documentId, seqOf(entry))).then((copied) =>
          copied ? toast.success(keepingText.linkCopied) : toast.error(keepingText.linkFailed),
        );
      case "unpin":
        return entry.kind === "version" ? unpin(entry) : undefined;
      case "undo-person":
        return setQuestion({ kind: action.kind, placed, person: action.person });
      default:
        return setQuestion({ kind: action.kind, placed });
    }
  };

  const choose = (row: Row) => {
    const chosen = momentOf(row.placed);
    setComparing(null);
    if (comparing === null || comparing.key === row.key) onLook({ mode: "text", moment: chosen, from: null });
    else onLook(comparison(momentOf(comparing.placed), chosen));
  };

  /** False where no second moment is being chosen, and the present is meant for itself. */
  const chooseNow = (head: number): boolean => {
    if (comparing === null) return false;
    setComparing(null);
    onLook(comparison(momentOf(comparing.placed), nowMoment(head, Date.now())));
    return true;
  };

  return {
    question,
    comparing,
    act,
    choose,
    chooseNow,
    answer: () => setQuestion(null),
    stopComparing: () => setComparing(null),
  };
}
