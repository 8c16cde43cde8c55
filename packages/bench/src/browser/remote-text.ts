import * as Y from "yjs";

/** The texts of a document's paragraphs, in order. */
export function editableTexts(doc: Y.Doc): readonly Y.XmlText[] {
  return doc
    .getXmlFragment("default")
    .toArray()
    .flatMap((block) =>
      block instanceof Y.XmlElement && block.nodeName === "paragraph" ? block.toArray() : [],
    )
    .filter((child) => child instanceof Y.XmlText);
}
