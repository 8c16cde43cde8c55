import { type JSONNode, markdownToJSON, type ProseMirrorJSON } from "@palimpsest/schema";
import { looksLikeMarkdown } from "../editor/clipboard/looksLikeMarkdown.ts";
import { decodeText } from "./decodeText.ts";
import { type ImportKind, importKind } from "./importKinds.ts";
import { transferText } from "./text.ts";

/** What a file holds, ready to become a document. */
export interface ReadFile {
  readonly title: string;
  /** The heading that became the title and is not in the text any more; null where another gave its words. */
  readonly heading: JSONNode | null;
  readonly json: ProseMirrorJSON;
  /** `data:` addresses of its pictures: `withPictures` puts them in once they are uploaded. */
  readonly pictures: readonly string[];
  /** Sentences on what could not be kept. */
  readonly left: readonly string[];
}

const MAX_TITLE = 200;
const MAX_BYTES: Readonly<Record<ImportKind, number>> = {
  markdown: 2_000_000,
  text: 2_000_000,
  html: 20_000_000,
  docx: 50_000_000,
};
/** As the server counts them; more it does not take. */
const MAX_NODES = 75_000;

function textOf(node: JSONNode): string {
  return node.text ?? (node.content ?? []).map(textOf).join("");
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\s\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, MAX_TITLE)
    .trim();
}

/** A first heading becomes the title and leaves the text, where it would stand twice; others only give their words. */
export function titled(
  json: ProseMirrorJSON,
  fileName: string,
): Pick<ReadFile, "title" | "heading" | "json"> {
  const blocks = json.content ?? [];
  const [first, ...rest] = blocks;
  const isTitle = (node: JSONNode | undefined) => node?.type === "heading" && (node.attrs?.level ?? 1) === 1;
  if (first !== undefined && isTitle(first)) {
    const title = oneLine(textOf(first));
    const content = rest.length > 0 ? rest : [{ type: "paragraph" }];
    if (title !== "") return { title, heading: first, json: { ...json, content } };
  }
  const heading = blocks.find(isTitle);
  const fromName = fileName.replace(/\.[a-z0-9]{2,8}$/i, "");
  const words = heading === undefined ? "" : textOf(heading);
  return { title: oneLine(words) || oneLine(fromName), heading: null, json };
}

function paragraphs(text: string): ProseMirrorJSON {
  const lines = text.split(/\n(?:[^\S\n]*\n)*/).map((line) => line.trimEnd());
  const content = lines
    .filter((line) => line !== "")
    .map((line): JSONNode => ({ type: "paragraph", content: [{ type: "text", text: line }] }));
  return { type: "doc", content: content.length > 0 ? content : [{ type: "paragraph" }] };
}

function isTooLong(json: ProseMirrorJSON): boolean {
  let count = 0;
  const waiting: JSONNode[] = [json];
  for (let node = waiting.pop(); node !== undefined && count <= MAX_NODES; node = waiting.pop()) {
    count++;
    for (const child of node.content ?? []) waiting.push(child);
  }
  return count > MAX_NODES;
}

async function read(
  kind: ImportKind,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Pick<ReadFile, "json" | "pictures" | "left">> {
  if (kind === "docx") {
    const { readDocx } = await import("./readDocx.ts");
    const { json, pictures, lostPictures, left } = await readDocx(bytes);
    const lost = lostPictures > 0 ? [transferText.leftPictures(lostPictures)] : [];
    return { json, pictures, left: [...left, ...lost] };
  }
  const text = decodeText(bytes)
    ?.replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n");
  if (text === undefined) throw new Error(transferText.binary);
  if (kind === "html") {
    const { readHTML } = await import("./readHTML.ts");
    const { json, pictures, lostPictures } = readHTML(text);
    return { json, pictures, left: lostPictures > 0 ? [transferText.leftPictures(lostPictures)] : [] };
  }
  const isMarkdown = kind === "markdown" || looksLikeMarkdown(text);
  return { json: isMarkdown ? markdownToJSON(text) : paragraphs(text), pictures: [], left: [] };
}

/**
 * Reads a file that somebody wants as a document: Markdown, text, a web page or a Word file.
 *
 * @throws an Error whose message is for the person
 */
export async function readFile(file: File): Promise<ReadFile> {
  if (/\.doc$/i.test(file.name)) throw new Error(transferText.oldWord);
  const kind = importKind(file.name, file.type);
  if (kind === null) throw new Error(transferText.unknownKind);
  if (file.size > MAX_BYTES[kind])
    throw new Error(transferText.tooLarge(`${MAX_BYTES[kind] / 1_000_000} MB`));
  if (file.size === 0) throw new Error(transferText.empty);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new Error(transferText.unreadable, { cause });
  }
  const { json, pictures, left } = await read(kind, bytes);
  if (isTooLong(json)) throw new Error(transferText.tooLong);
  return { ...titled(json, file.name), pictures, left };
}
