import { strFromU8, unzipSync } from "fflate";
import mammoth from "mammoth";
import { type ParseHTML, parseInert } from "../editor/clipboard/cleanHTML.ts";
import { readHTML } from "./readHTML.ts";
import { transferText } from "./text.ts";

/** What a Word file may take unpacked: a small one can hold a text that fills the memory. */
const MAX_UNPACKED = 200_000_000;

/** Styles by the names that Word and this product's own export give them. */
const styles = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Code Block'] => pre:fresh",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Divider'] => hr:fresh",
  ...["Note", "Tip", "Important", "Warning", "Caution"].map(
    (kind) => `p[style-name='Callout ${kind}'] => div.admonition.${kind.toLowerCase()} > p:fresh`,
  ),
  ...["center", "right", "justify"].map(
    (side) => `p[style-name='Aligned ${side}'] => p.aligned-${side}:fresh`,
  ),
  "r[style-name='Code Text'] => code",
  "r[style-name='HTML Code'] => code",
  "u => u",
  "strike => s",
  "highlight => mark",
];

interface Element {
  readonly type: string;
  readonly alignment?: string | null;
  readonly numbering?: object | null;
  readonly styleName?: string | null;
  readonly children?: readonly Element[];
}

const sides: Readonly<Record<string, string>> = {
  center: "center",
  right: "right",
  end: "right",
  both: "justify",
};

/** Alignment is no style, and only styles come through: paragraphs of no other style get one. */
function withAlignment(element: Element): Element {
  const children = element.children?.map(withAlignment);
  const side = sides[element.alignment ?? ""];
  const isPlain = element.numbering == null && (element.styleName == null || element.styleName === "Normal");
  return {
    ...element,
    ...(children === undefined ? {} : { children }),
    ...(element.type === "paragraph" && isPlain && side !== undefined
      ? { styleName: `Aligned ${side}` }
      : {}),
  };
}

function aligned(document: Document): Document {
  for (const paragraph of document.querySelectorAll("p[class^='aligned-']"))
    paragraph.setAttribute("align", paragraph.className.slice("aligned-".length));
  return document;
}

export interface ReadDocx extends ReturnType<typeof readHTML> {
  readonly left: readonly string[];
}

/** @throws an Error whose message is for the person */
function checkArchive(bytes: Uint8Array): string {
  // The container of old Office files, in which protected new ones stand too.
  const isOld = bytes[0] === 0xd0 && bytes[1] === 0xcf;
  if (isOld) throw new Error(transferText.lockedWord);
  let unpacked = 0;
  let found: Record<string, Uint8Array>;
  try {
    found = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unpacked += originalSize;
        return name === "word/document.xml" && unpacked <= MAX_UNPACKED;
      },
    });
  } catch (cause) {
    throw new Error(transferText.brokenWord, { cause });
  }
  if (unpacked > MAX_UNPACKED) throw new Error(transferText.tooLong);
  const main = found["word/document.xml"];
  return main === undefined ? "" : strFromU8(main);
}

/** A Word file as a document. @throws an Error whose message is for the person */
export async function readDocx(
  bytes: Uint8Array<ArrayBuffer>,
  parse: ParseHTML = parseInert,
): Promise<ReadDocx> {
  const main = checkArchive(bytes);
  // In a browser it takes the one, elsewhere the other.
  const input = { arrayBuffer: bytes.buffer, buffer: bytes } as { arrayBuffer: ArrayBuffer };
  let html: string;
  try {
    ({ value: html } = await mammoth.convertToHtml(input, {
      styleMap: styles,
      ignoreEmptyParagraphs: false,
      externalFileAccess: false,
      transformDocument: (document: Element) => withAlignment(document),
    }));
  } catch (cause) {
    throw new Error(transferText.brokenWord, { cause });
  }
  const left = [
    /<m:oMath[\s>]/.test(main) ? transferText.leftFormulas : null,
    /<w:commentReference\b/.test(main) ? transferText.leftComments : null,
    /<c:chart\b|<dgm:relIds\b/.test(main) ? transferText.leftDrawings : null,
  ].filter((sentence) => sentence !== null);
  return { ...readHTML(html, (source) => aligned(parse(source))), left };
}
