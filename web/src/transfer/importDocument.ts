import { request } from "../app/api.ts";
import { withPictures } from "./placeholders.ts";
import { type ReadFile, readFile } from "./readFile.ts";
import { transferText } from "./text.ts";
import { uploadPictures } from "./uploadPictures.ts";

export interface ImportedDocument {
  readonly id: string;
  readonly title: string;
  /** Sentences on what could not be kept. */
  readonly left: readonly string[];
}

type Created = { readonly id: string; readonly title: string };

/** The text of a read file as it is to stand in a document that can hold its pictures now. */
export async function settled(documentId: string, read: ReadFile): Promise<Pick<ReadFile, "json" | "left">> {
  if (read.pictures.length === 0) return read;
  const uploaded = await uploadPictures(documentId, read.pictures);
  const lost = read.pictures.length - uploaded.size;
  const left = lost > 0 ? [...read.left, transferText.leftPictures(lost)] : read.left;
  return { json: withPictures(read.json, uploaded), left };
}

/**
 * Makes a document of a file: Markdown, text, a web page or a Word file. The caller has a session.
 *
 * @throws an Error whose message is for the person
 */
export async function importDocument(file: File): Promise<ImportedDocument> {
  const read = await readFile(file);
  const create = (body: object) => request<Created>("/api/documents", { method: "POST", body });
  if (read.pictures.length === 0) {
    const { id, title } = await create({ title: read.title, json: read.json });
    return { id, title, left: read.left };
  }
  // Pictures belong to a document, so it is there before them and the text that shows them.
  const { id, title } = await create({ title: read.title });
  const { json, left } = await settled(id, read);
  await request(`/api/documents/${encodeURIComponent(id)}/content`, { method: "PUT", body: { json } });
  return { id, title, left };
}
