import { create } from "zustand";
import { messageOf } from "../../app/api.ts";
import { ensureSession } from "../../people/session.ts";
import { importKind } from "../../transfer/importKinds.ts";
import type { Created } from "../documents.ts";
import { rememberDocument } from "../recents.ts";
import { importText } from "./text.ts";
import { uploadHistory } from "./uploadHistory.ts";

export type ImportState =
  | { readonly kind: "waiting" }
  /** `text` says what is being done. */
  | { readonly kind: "working"; readonly text: string }
  /** `left`: sentences on what could not be kept. */
  | { readonly kind: "done"; readonly created: Created; readonly left: readonly string[] }
  | { readonly kind: "failed"; readonly reason: string };

export type Import = { readonly no: number; readonly name: string; readonly state: ImportState };

/** The imports of this page, those that are done as well until somebody closes their list. */
export const useImports = create<readonly Import[]>(() => []);

const mostAtOnce = 200;

let lastNo = 0;
let queue: Promise<unknown> = Promise.resolve();

function update(no: number, state: ImportState): void {
  useImports.setState((all) => all.map((each) => (each.no === no ? { ...each, state } : each)), true);
}

export function clearImports(): void {
  useImports.setState(
    (all) => all.filter(({ state }) => state.kind === "waiting" || state.kind === "working"),
    true,
  );
}

export function isOver({ state }: Import): boolean {
  return state.kind === "done" || state.kind === "failed";
}

/**
 * Makes a document of each file, one after the other. What fails is told with its reason and keeps none of the others.
 *
 * @returns what was made
 */
export function importFiles(files: readonly File[]): Promise<readonly Created[]> {
  const taken = files.slice(0, mostAtOnce).map((file) => ({ file, no: ++lastNo }));
  const entries = taken.map(({ file, no }): Import => ({ no, name: file.name, state: { kind: "waiting" } }));
  const rest: Import[] =
    files.length > mostAtOnce
      ? [{ no: ++lastNo, name: "…", state: { kind: "failed", reason: importText.tooMany(mostAtOnce) } }]
      : [];
  useImports.setState((all) => [...all.filter((each) => !isOver(each)), ...entries, ...rest], true);
  const working = queue.then(async () => {
    const made: Created[] = [];
    for (const { file, no } of taken) {
      const created = await importOne(file, no);
      if (created !== null) made.push(created);
    }
    return made;
  });
  queue = working;
  return working;
}

async function importOne(file: File, no: number): Promise<Created | null> {
  try {
    const { left, ...created } = await documentFrom(file, (text) => update(no, { kind: "working", text }));
    rememberDocument({ id: created.id, title: created.title, openedAt: new Date().toISOString() });
    update(no, { kind: "done", created, left });
    return created;
  } catch (error) {
    update(no, { kind: "failed", reason: messageOf(error) });
    return null;
  }
}

type Made = Created & { readonly left: readonly string[] };

async function documentFrom(file: File, tell: (text: string) => void): Promise<Made> {
  await ensureSession();
  if (/\.palimpsest$/i.test(file.name)) {
    tell(importText.sending(0));
    const created = await uploadHistory(file, (sent) =>
      tell(sent < 1 ? importText.sending(sent) : importText.checking),
    );
    return { ...created, left: [] };
  }
  if (importKind(file.name, file.type) === null) throw new Error(importText.kind);
  tell(importText.reading);
  const { importDocument } = await import("../../transfer/importDocument.ts");
  return importDocument(file);
}
