import { htmlToJSON, type ProseMirrorJSON } from "@palimpsest/schema";
import { cleanHTML, type ParseHTML, parseInert } from "../editor/clipboard/cleanHTML.ts";
import { GENERATOR } from "./htmlFile.ts";
import { placeholder } from "./placeholders.ts";

export interface ReadHTML {
  readonly json: ProseMirrorJSON;
  /** `data:` addresses, by the number in their placeholder. */
  readonly pictures: readonly string[];
  readonly lostPictures: number;
}

/** What `htmlFile` wrote: every space in it counts, and its pictures are in it. */
function readOwnPage(body: HTMLElement): ReadHTML {
  const pictures: string[] = [];
  for (const formula of body.querySelectorAll("[data-latex]")) formula.textContent = "";
  for (const picture of body.querySelectorAll("img")) {
    const src = picture.getAttribute("src") ?? "";
    if (src.startsWith("data:")) picture.setAttribute("data-picture", String(pictures.push(src) - 1));
  }
  const numbers = new Map(pictures.map((src, at) => [src, placeholder(at).slice("asset:".length)]));
  const main = body.querySelector("main") ?? body;
  const json = htmlToJSON("", () => main, {
    isExact: true,
    ownAsset: (address) => numbers.get(address) ?? null,
  });
  return { json, pictures, lostPictures: 0 };
}

/** A page, or a piece of one, as a document. Nothing in it runs or is loaded. */
export function readHTML(html: string, parse?: ParseHTML): ReadHTML {
  if (html.slice(0, 4_000).includes(`<meta name="generator" content="${GENERATOR}">`))
    return readOwnPage((parse ?? parseInert)(html).body);
  const { body, pictures, lostPictures } = parse === undefined ? cleanHTML(html) : cleanHTML(html, parse);
  for (const picture of body.querySelectorAll("img[data-picture]"))
    picture.setAttribute("data-asset", placeholder(Number(picture.getAttribute("data-picture"))));
  return { json: htmlToJSON("", () => body), pictures, lostPictures };
}
