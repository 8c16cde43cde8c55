import type { JSONNode } from "@palimpsest/schema";
import { request } from "../app/api.ts";
import { contentAddress } from "../document/contentAddress.ts";
import { currentLanguage } from "../i18n/language.ts";
import { assetPath, assetsIn, countKinds, type Fetched, fetchPictures } from "./assets.ts";
import { fileName } from "./fileName.ts";
import { transferText } from "./text.ts";

/** The formats that are made in the browser; the server knows the others. */
export type MadeFormat = "docx" | "html" | "markdown";

/** A file that can be saved, and what it lacks. */
export interface Exported {
  readonly name: string;
  readonly file: Blob;
  /** Sentences on what is not in it. */
  readonly left: readonly string[];
}

interface Moment {
  readonly title: string;
  readonly content: JSONNode;
}

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const caps: Readonly<Record<MadeFormat, { readonly each: number; readonly all: number }>> = {
  docx: { each: 25_000_000, all: 100_000_000 },
  // A page is read into memory as a whole, its pictures a third larger as text.
  html: { each: 8_000_000, all: 40_000_000 },
  markdown: { each: 25_000_000, all: 150_000_000 },
};

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

function sentences({ missing, large }: { missing: number; large: number }): string[] {
  return [
    ...(missing > 0 ? [transferText.missingPictures(missing)] : []),
    ...(large > 0 ? [transferText.linkedPictures(large)] : []),
  ];
}

type Make = (
  moment: Moment,
  pictures: ReadonlyMap<string, Fetched>,
  elsewhere: (id: string) => string,
) => Promise<Omit<Exported, "left">>;

const makers: Readonly<Record<MadeFormat, Make>> = {
  async docx({ title, content }, pictures, address) {
    const [{ docxFile }, { docxPicture }] = await Promise.all([
      import("./docx/docxFile.ts"),
      import("./docx/docxPicture.ts"),
    ]);
    const taken = new Map<string, NonNullable<Awaited<ReturnType<typeof docxPicture>>>>();
    for (const [id, fetched] of pictures) {
      const picture = fetched.kind === "bytes" ? await docxPicture(fetched.blob) : null;
      if (picture !== null) taken.set(id, picture);
    }
    const bytes = await docxFile(title, content, { pictures: taken, address }, currentLanguage().locale);
    return { name: fileName(title, "docx", transferText.untitled), file: new Blob([bytes], { type: WORD }) };
  },
  async html({ title, content }, pictures, elsewhere) {
    const { htmlFile } = await import("./htmlFile.ts");
    const addresses = new Map<string, string>();
    for (const [id, fetched] of pictures)
      if (fetched.kind === "bytes") addresses.set(id, await dataAddress(fetched.blob));
    const { tag: language, direction } = currentLanguage();
    const page = await htmlFile({
      title,
      json: content,
      language,
      direction,
      assetAddress: (id) => addresses.get(id) ?? elsewhere(id),
    });
    return {
      name: fileName(title, "html", transferText.untitled),
      file: new Blob([page], { type: "text/html;charset=utf-8" }),
    };
  },
  async markdown({ title, content }, pictures, elsewhere) {
    const { markdownArchive, titledMarkdown } = await import("./markdownFile.ts");
    const name = fileName(title, "md", transferText.untitled);
    if (pictures.size === 0) {
      const text = titledMarkdown(title, content, elsewhere);
      return { name, file: new Blob([text], { type: "text/markdown;charset=utf-8" }) };
    }
    const archive = await markdownArchive(name, title, content, pictures, elsewhere);
    return {
      name: fileName(title, "zip", transferText.untitled),
      file: new Blob([archive], { type: "application/zip" }),
    };
  },
};

/**
 * A document as a file, as it is now or as it was.
 *
 * @param at a position in its history
 * @throws an Error whose message is for the person
 */
export async function exportDocument(documentId: string, format: MadeFormat, at?: number): Promise<Exported> {
  const moment = await request<Moment>(contentAddress(documentId, "json", at));
  const pictures = await fetchPictures(documentId, assetsIn(moment.content, "image"), caps[format]);
  const elsewhere = (id: string) => new URL(assetPath(documentId, id), window.location.origin).href;
  const made = await makers[format](moment, pictures, elsewhere);
  return { ...made, left: sentences(countKinds(pictures)) };
}

/** Hands a file to the browser to save. */
export function save({ name, file }: Pick<Exported, "name" | "file">): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun when the click returns, but some browsers read the bytes after it.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
