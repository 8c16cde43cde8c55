import { request } from "../../app/api.ts";
import type { TimelinePerson } from "./timeline.ts";

export type Person = TimelinePerson;

export type MarkJSON = { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> };

export type NodeJSON = {
  readonly type: string;
  readonly id?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly MarkJSON[];
  readonly text?: string;
  readonly content?: readonly NodeJSON[];
};

/** The text of one moment. */
export type Frame = {
  readonly seq: number;
  readonly at: string | null;
  readonly author: Person | null;
  readonly title: string;
  readonly content: NodeJSON;
};

export type Point = { readonly seq: number; readonly at: string | null };

export type ChangeKind = "inserted" | "deleted" | "moved" | "moved-away" | "attributes" | "marks" | "type";

export type Change = {
  readonly kind: ChangeKind;
  readonly by: number | null;
  readonly at: string | null;
  readonly n: number;
  readonly before?: Pick<NodeJSON, "attrs" | "marks"> & { readonly type?: string };
};

export type DiffNode = Omit<NodeJSON, "content"> & {
  readonly content?: readonly DiffNode[];
  readonly change?: Change;
};

/** Everything that is there at either of two moments, in reading order, and how it differs. */
export type Comparison = {
  readonly from: Point;
  readonly to: Point;
  readonly people: readonly Person[];
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
  readonly content: DiffNode;
};

export type WrittenNode = Omit<NodeJSON, "content"> & {
  readonly content?: readonly WrittenNode[];
  readonly by?: number | null;
  readonly at?: string | null;
  readonly until?: string | null;
  readonly restored?: { readonly by: number | null; readonly at: string };
};

/** The text of one moment and who wrote each piece of it. */
export type Authorship = {
  readonly seq: number;
  readonly at: string | null;
  readonly people: readonly Person[];
  readonly title: string;
  readonly content: WrittenNode;
};

const documentPath = (documentId: string, rest: string) =>
  `/api/documents/${encodeURIComponent(documentId)}${rest}`;
const named = (moment: number | string) => encodeURIComponent(String(moment));

/** @param at a position, a time, or a version's id */
export function fetchFrame(documentId: string, at: number | string, signal?: AbortSignal): Promise<Frame> {
  const path = documentPath(documentId, `/content?format=json&at=${named(at)}`);
  return request<Frame>(path, signal === undefined ? {} : { signal });
}

/** As `fetchFrame`, with the ids by which the server knows the nodes. */
export function fetchIds(documentId: string, at: number): Promise<Frame> {
  return request<Frame>(documentPath(documentId, `/content?format=json&ids=1&at=${at}`));
}

export function fetchComparison(
  documentId: string,
  from: number | string,
  to: number | string,
  signal: AbortSignal,
): Promise<Comparison> {
  return request<Comparison>(documentPath(documentId, `/diff?from=${named(from)}&to=${named(to)}`), {
    signal,
  });
}

export function fetchAuthorship(documentId: string, at: number, signal: AbortSignal): Promise<Authorship> {
  return request<Authorship>(documentPath(documentId, `/authorship?at=${at}`), { signal });
}
