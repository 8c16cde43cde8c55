import { htmlToJSON, type ProseMirrorJSON } from "@palimpsest/schema";
import { cleanHTML, type ParseHTML } from "../editor/clipboard/cleanHTML.ts";
import { placeholder } from "./placeholders.ts";

export interface ReadHTML {
  readonly json: ProseMirrorJSON;
  /** `data:` addresses, by the number in their placeholder. */
  readonly pictures: readonly string[];
  readonly lostPictures: number;
}

/** A page, or a piece of one, as a document. Nothing in it runs or is loaded. */
export function readHTML(html: string, parse?: ParseHTML): ReadHTML {
  const { body, pictures, lostPictures } = parse === undefined ? cleanHTML(html) : cleanHTML(html, parse);
  for (const picture of body.querySelectorAll("img[data-picture]"))
    picture.setAttribute("data-asset", placeholder(Number(picture.getAttribute("data-picture"))));
  return { json: htmlToJSON("", () => body), pictures, lostPictures };
}
