import { markdownToJSON } from "@palimpsest/schema";
import { type Schema, Slice } from "@tiptap/pm/model";
import { bytesOf } from "../../transfer/uploadPictures.ts";
import { cleanHTML } from "./cleanHTML.ts";

export interface PastedHTML {
  readonly html: string;
  readonly lostPictures: number;
  /** Pictures that were in the text itself, and are to be brought into the document. */
  readonly files: readonly File[];
}

/** What pasting needs beyond the editor itself; loaded when the editor has come to rest. */
export interface PastingTools {
  readonly clean: (html: string) => PastedHTML;
  readonly fromMarkdown: (markdown: string, schema: Schema) => Slice;
}

export const pastingTools: PastingTools = {
  clean(html) {
    const { body, lostPictures, pictures } = cleanHTML(html);
    const files = pictures.flatMap((address) => {
      const blob = bytesOf(address);
      return blob === null ? [] : [new File([blob], "", { type: blob.type })];
    });
    return { html: body.innerHTML, lostPictures: lostPictures + pictures.length - files.length, files };
  },
  fromMarkdown(markdown, schema) {
    const document = schema.nodeFromJSON(markdownToJSON(markdown));
    return Slice.maxOpen(document.content, false);
  },
};
