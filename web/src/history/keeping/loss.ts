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
      /** Null when the title stays. */
      readonly title: { readonly before: string; readonly after: string } | null;
    };

/** What restoring the later side of this comparison would do to the earlier side, which is the present. */
export function lossOf({ people, title, summary }: Comparison): Loss {
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
    title: retitled ? title : null,
  };
}
