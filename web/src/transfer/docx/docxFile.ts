import type { JSONNode } from "@palimpsest/schema";
import { Document, HeadingLevel, Packer, Paragraph, TextRun } from "docx";
import { BlockWriter, type Sources } from "./blocks.ts";
import { writable } from "./runs.ts";
import { styles } from "./styles.ts";

/** A document as a Word file. */
export function docxFile(
  title: string,
  json: JSONNode,
  sources: Sources,
  language: string,
): Promise<ArrayBuffer> {
  const head =
    title.trim() === ""
      ? []
      : [new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(writable(title))] })];
  const body = new BlockWriter(sources).blocks(json.content ?? []);
  const document = new Document({
    title: writable(title),
    creator: "",
    lastModifiedBy: "",
    styles: {
      ...styles,
      default: {
        ...styles.default,
        document: {
          ...styles.default?.document,
          run: { ...styles.default?.document?.run, language: { value: language } },
        },
      },
    },
    sections: [{ children: [...head, ...body] }],
  });
  return Packer.toArrayBuffer(document);
}
