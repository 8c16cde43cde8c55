import * as Y from "yjs";

/** Where the editors of today keep a document, ours included. */
const FRAGMENT = "default";

/** Adds an empty paragraph at the document's end and returns its text. */
export function addParagraph(doc: Y.Doc, origin: unknown = null): Y.XmlText {
  const text = new Y.XmlText();
  const paragraph = new Y.XmlElement("paragraph");
  doc.transact(() => {
    const fragment = doc.getXmlFragment(FRAGMENT);
    paragraph.insert(0, [text]);
    fragment.insert(fragment.length, [paragraph]);
  }, origin);
  return text;
}

/** The text of the first paragraph, or null while there is none. */
export function firstText(doc: Y.Doc): Y.XmlText | null {
  const paragraph = doc.getXmlFragment(FRAGMENT).get(0);
  if (!(paragraph instanceof Y.XmlElement)) return null;
  const text = paragraph.get(0);
  return text instanceof Y.XmlText ? text : null;
}

/** Adds `length` to the first paragraph's text, making it if there is none. */
export function typeAtEnd(doc: Y.Doc, characters: string, origin: unknown = null): void {
  const text = firstText(doc) ?? addParagraph(doc, origin);
  doc.transact(() => text.insert(text.length, characters), origin);
}

/** The whole document as text, for comparing. */
export function contentOf(doc: Y.Doc): string {
  return doc.getXmlFragment(FRAGMENT).toString();
}
