import { keepingText } from "./text.ts";

/** What a comparison says of itself, as far as weighing a restore needs it. */
export type Comparison = {
  readonly people: readonly { readonly id: string; readonly name: string; readonly color: string }[];
  readonly title: { readonly before: string; readonly after: string };
  readonly summary: {
    readonly changes: number;
    readonly inserted: number;
    readonly deleted: number;
    readonly people: readonly {
      readonly person: number | null;
      readonly inserted: number;
      readonly deleted: number;
    }[];
  };
  readonly content: ComparedNode;
};

type ComparedNode = {
  readonly text?: string;
  readonly content?: readonly ComparedNode[];
  readonly change?: { readonly kind: string };
};

export type Loss =
  /** The moment is what is there now, or looks like it. */
  | { readonly kind: "same" }
  | {
      readonly kind: "change";
      /** Characters there now and not at the moment, and who wrote them, who wrote most first. */
      readonly goes: number;
      readonly by: readonly string[];
      /** Characters there at the moment and not now. */
      readonly comesBack: number;
      /** The longest passages of each, for recognizing them. */
      readonly goesLike: readonly string[];
      readonly comesLike: readonly string[];
      /** Null when the title stays. */
      readonly title: { readonly before: string; readonly after: string } | null;
    };

const mostExcerpts = 2;
const longest = 90;

/** A block's pieces of one kind make one passage, with a gap where something else stands between them. */
function passages(node: ComparedNode, kind: string): readonly string[] {
  const children = node.content ?? [];
  let own = "";
  let last = -1;
  for (const [i, { text, change }] of children.entries()) {
    if (text === undefined || change?.kind !== kind) continue;
    own += own === "" || last === i - 1 ? text : ` … ${text}`;
    last = i;
  }
  return [own, ...children.flatMap((child) => passages(child, kind))].filter((text) => text.trim() !== "");
}

function excerpts(content: ComparedNode, kind: "inserted" | "deleted"): readonly string[] {
  return passages(content, kind)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, mostExcerpts)
    .map((text) => {
      const short = text.trim().replace(/\s+/g, " ");
      return short.length <= longest
        ? short
        : `${short.slice(0, short.lastIndexOf(" ", longest)).trimEnd()}…`;
    });
}

/** What restoring the later side of this comparison would do to the earlier side, which is the present. */
export function lossOf({ people, title, summary, content }: Comparison): Loss {
  const retitled = title.before !== title.after;
  if (summary.changes === 0 && !retitled) return { kind: "same" };
  return {
    kind: "change",
    goes: summary.deleted,
    by: summary.people
      .filter(({ deleted }) => deleted > 0)
      .toSorted((a, b) => b.deleted - a.deleted)
      .map(({ person }) => (person === null ? undefined : people[person])?.name ?? keepingText.somebody),
    comesBack: summary.inserted,
    goesLike: excerpts(content, "deleted"),
    comesLike: excerpts(content, "inserted"),
    title: retitled ? title : null,
  };
}
