import { markdownToJSON } from "@palimpsest/schema";
import { type Schema, Slice } from "@tiptap/pm/model";
import { cleanHTML } from "./cleanHTML.ts";

export interface PastedHTML {
  readonly html: string;
  readonly lostPictures: number;
}

/** What pasting needs beyond the editor itself; loaded when the editor has come to rest. */
export interface PastingTools {
  readonly clean: (html: string) => PastedHTML;
  readonly fromMarkdown: (markdown: string, schema: Schema) => Slice;
}

export const pastingTools: PastingTools = {
  clean(html) {
    const { body, lostPictures, pictures } = cleanHTML(html);
    return { html: body.innerHTML, lostPictures: lostPictures + pictures.length };
  },
  fromMarkdown(markdown, schema) {
    const document = schema.nodeFromJSON(markdownToJSON(markdown));
    return Slice.maxOpen(document.content, false);
  },
};
