import { readGoogleDocs } from "./googleDocs.ts";
import { inlineClasses } from "./inlineClasses.ts";
import { readLibreOffice } from "./libreOffice.ts";
import { readNotion } from "./notion.ts";
import { Rewriter } from "./rewrite.ts";
import { type Source, sourceOf } from "./source.ts";
import { readTaskLists } from "./tasks.ts";
import { readWord, readWordOnline } from "./word.ts";

export interface Cleaned {
  /** The blocks, as the schema's rules read them; in a document of its own in which nothing runs or loads. */
  readonly body: HTMLElement;
  readonly source: Source;
  /** How many pictures could not be kept. */
  readonly lostPictures: number;
  /** `data:` addresses of pictures that came along; `<img data-picture="n">` stands where the nth was. */
  readonly pictures: readonly string[];
}

/** Reads HTML into a document in which no script runs and nothing is loaded. */
export type ParseHTML = (html: string) => Document;

export const parseInert: ParseHTML = (html) => new DOMParser().parseFromString(html, "text/html");

/**
 * Other programs' HTML without what only they understand: the structure, the marks and the names of colours stay; ids,
 * classes, styles, scripts, comments, hidden text, counting pixels and rows of empty paragraphs go.
 */
export function cleanHTML(html: string, parse: ParseHTML = parseInert): Cleaned {
  const source = sourceOf(html);
  // Writer marks the fields of forms with such characters; no document may have them.
  const document = parse(html.replace(/(?![\t\n\r])\p{Cc}/gu, ""));
  if (source === "word") readWord(document);
  if (source === "word-online") readWordOnline(document);
  if (source === "cocoa" || source === "sheet") inlineClasses(document);
  if (source === "libreoffice") readLibreOffice(document);
  if (source === "google-docs") readGoogleDocs(document);
  if (
    document.querySelector("aside, figure.callout, ul.toggle, ul.to-do-list") !== null ||
    source === "notion"
  )
    readNotion(document);
  readTaskLists(document);
  const rewriter = new Rewriter(document, source);
  const body = rewriter.body(document.body);
  return { body, source, lostPictures: rewriter.lostPictures, pictures: rewriter.pictures };
}
