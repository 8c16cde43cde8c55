import type { Seq } from "@palimpsest/history";
import type { Identity } from "@palimpsest/protocol";
import type { DocumentStore } from "@palimpsest/store";
import { randomId } from "../identity/random-id.ts";
import type { DocumentParts } from "./document-parts.ts";
import { peopleOf, toVersionEntry, type VersionEntry } from "./history-page.ts";
import { type MomentProblem, resolveMoment } from "./moment.ts";

export const MAX_VERSIONS = 10_000;

export interface NewVersion {
  readonly name: string;
  readonly description: string;
  /** A moment; null for the present. */
  readonly at: string | null;
}

/** What is to become different about a version; what is absent stays. */
export interface VersionChange {
  readonly name?: string;
  readonly description?: string;
}

type Named = { readonly ok: true } & VersionEntry;

interface UnknownVersion {
  readonly ok: false;
  readonly code: "unknown-version";
}

const UNKNOWN: UnknownVersion = { ok: false, code: "unknown-version" };

/** Newest first. @param named only those that people made */
export function listVersions(store: DocumentStore, named: boolean): readonly VersionEntry[] {
  const people = peopleOf(store.authors());
  return store
    .versions()
    .filter(({ automatic }) => !(named && automatic))
    .map((version) => toVersionEntry(version, people));
}

export function nameVersion(
  parts: DocumentParts,
  { name, description, at }: NewVersion,
  user: Identity,
): Named | MomentProblem | { readonly ok: false; readonly code: "too-many-versions" } {
  const { store, host } = parts;
  host.flush(Date.now());
  const moment = resolveMoment(at, store, Date.now());
  if (!moment.ok) return moment;
  if (store.stats().versions >= MAX_VERSIONS) return { ok: false, code: "too-many-versions" };
  const version = addVersion(parts, { seq: moment.seq, name, description, automatic: false }, user);
  tellEditors(parts);
  return { ok: true, ...version };
}

/** Anybody who may edit the document may correct what stands in its list of versions. */
export function updateVersion(
  parts: DocumentParts,
  id: string,
  change: VersionChange,
): Named | UnknownVersion {
  const { store } = parts;
  if (!store.updateVersion(id, change)) return UNKNOWN;
  tellEditors(parts);
  const version = store.versions().find((version) => version.id === id);
  return version === undefined
    ? UNKNOWN
    : { ok: true, ...toVersionEntry(version, peopleOf(store.authors())) };
}

/** Takes the name away; the moment that had it stays as long as the log goes back to it. */
export function removeVersion(parts: DocumentParts, id: string): { readonly ok: true } | UnknownVersion {
  if (!parts.store.removeVersion(id)) return UNKNOWN;
  tellEditors(parts);
  return { ok: true };
}

/**
 * Keeps the present as an automatic version, before something large happens to it. A version that is there already is
 * as good.
 *
 * @returns the version's id; null for a document in which nothing was written yet
 */
export function keepPresent(parts: DocumentParts, name: string, user: Identity): string | null {
  const { store } = parts;
  const { head } = store.stats();
  if (head === 0) return null;
  const kept = store.versions().find(({ seq }) => seq === head);
  return kept?.id ?? addVersion(parts, { seq: head, name, description: "", automatic: true }, user).id;
}

interface Addition {
  readonly seq: Seq;
  readonly name: string;
  readonly description: string;
  readonly automatic: boolean;
}

function addVersion({ store, host }: DocumentParts, addition: Addition, user: Identity): VersionEntry {
  const author = host.authorOf(user);
  const version = { ...addition, id: `v_${randomId()}`, createdAt: Date.now(), author };
  store.addVersion(version);
  return toVersionEntry(version, peopleOf(store.authors()));
}

function tellEditors({ host }: DocumentParts): void {
  host.dispatch({ kind: "notify", notice: { kind: "history" } });
}
