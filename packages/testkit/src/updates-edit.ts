import * as Y from "yjs";
import type { Random } from "./random.ts";

export interface EditOptions {
  /** Also images: elements that hold nothing, with attributes that change. Off, a seed's edits are what they were. */
  readonly images?: boolean;
  /** Images, and atoms in a line of text as well (a mention between two texts of a paragraph). */
  readonly atoms?: boolean;
}

/** One random edit of the kinds an editor makes: blocks, lists, tables, text, marks, attributes, the title. */
export function randomEdit(
  doc: Y.Doc,
  random: Random,
  { images = false, atoms = false }: EditOptions = {},
): void {
  const root = doc.getXmlFragment("default");
  const texts = collect(root, Y.XmlText);
  const elements = collect(root, Y.XmlElement);
  doc.transact(() => {
    if (atoms && random.chance(0.12)) {
      if (texts.length > 0 && random.chance(0.7)) return editMention(random, texts, elements);
      return editImage(random, root, elements);
    }
    if (images && random.chance(0.1)) return editImage(random, root, elements);
    const choice = random.int(100);
    if (choice < 4) doc.getMap("meta").set("title", random.text(12));
    else if (choice < 5) doc.getMap("meta").delete("title");
    else if (texts.length === 0 || choice < 16) insertBlock(random, root, elements);
    else if (choice < 46) insertText(random.pick(texts), random);
    else if (choice < 58) deleteText(random.pick(texts), random);
    else if (choice < 78) formatText(random.pick(texts), random);
    else if (choice < 80)
      insertAt(random.pick(texts), random, (text, at) => text.insertEmbed(at, { image: "a" }));
    else if (choice < 88 && elements.length > 0) changeAttribute(random.pick(elements), random);
    else if (choice < 94) deleteChild(random.pick([root, ...elements]), random);
    else splitBlock(random.pick(texts), random);
  });
}

/** Every shared type of a kind that can be reached from the root, in document order. */
export function collect<T extends Y.XmlElement | Y.XmlText>(
  within: Y.XmlFragment,
  kind: abstract new (...args: never[]) => T,
): T[] {
  const found: T[] = [];
  for (const child of within.toArray()) {
    if (child instanceof kind) found.push(child);
    if (child instanceof Y.XmlElement) found.push(...collect(child, kind));
  }
  return found;
}

/** Positions in a text at which nothing is halved: before each character and each embed, and the end. */
export function boundaries(text: Y.XmlText): number[] {
  const found = [0];
  let at = 0;
  for (const { insert } of text.toDelta() as { insert: unknown }[]) {
    for (const character of typeof insert === "string" ? insert : [insert]) {
      at += typeof character === "string" ? character.length : 1;
      found.push(at);
    }
  }
  return found;
}

const marks = [
  { bold: true },
  { bold: null },
  { italic: true },
  { italic: null },
  { link: { href: "https://example.org/", rel: null } },
  { link: { href: "https://example.org/b" } },
  { link: null },
];

function paragraph(random: Random, name = "paragraph"): Y.XmlElement {
  const element = new Y.XmlElement(name);
  element.insert(0, [new Y.XmlText(random.text(12))]);
  return element;
}

function wrap(name: string, children: Y.XmlElement[]): Y.XmlElement {
  const element = new Y.XmlElement(name);
  element.insert(0, children);
  return element;
}

function insertBlock(random: Random, root: Y.XmlFragment, elements: Y.XmlElement[]): void {
  const lists = elements.filter(({ nodeName }) => nodeName === "list" || nodeName === "item");
  const inside = lists.length > 0 && random.chance(0.4) ? random.pick(lists) : root;
  const at = random.int(inside.length + 1);
  const shape = random.int(10);
  if (shape < 6) inside.insert(at, [paragraph(random)]);
  else if (shape < 8) inside.insert(at, [wrap("list", [wrap("item", [paragraph(random)])])]);
  else {
    const row = () => wrap("row", [wrap("cell", [paragraph(random)]), wrap("cell", [paragraph(random)])]);
    inside.insert(at, [wrap("table", [row(), row()])]);
  }
}

/** Inserts one beside a block or in a cell, or changes what an image shows and how large. */
function editImage(random: Random, root: Y.XmlFragment, elements: readonly Y.XmlElement[]): void {
  const found = elements.filter(({ nodeName }) => nodeName === "image");
  if (found.length > 0 && random.chance(0.6)) {
    const name = random.pick(["src", "width", "alt"]);
    if (random.chance(0.2)) random.pick(found).removeAttribute(name);
    else random.pick(found).setAttribute(name, random.text(4));
    return;
  }
  const cells = elements.filter(({ nodeName }) => nodeName === "cell");
  const inside = cells.length > 0 && random.chance(0.4) ? random.pick(cells) : root;
  const image = new Y.XmlElement("image");
  image.setAttribute("src", random.text(8));
  image.setAttribute("width", "100");
  inside.insert(random.int(inside.length + 1), [image]);
}

/** Puts one into a text, as the editor's binding does: between the text before the caret and a new one with the rest. */
function editMention(random: Random, texts: readonly Y.XmlText[], elements: readonly Y.XmlElement[]): void {
  const found = elements.filter(({ nodeName }) => nodeName === "mention");
  if (found.length > 0 && random.chance(0.4)) {
    const name = random.pick(["id", "label"]);
    if (random.chance(0.2)) random.pick(found).removeAttribute(name);
    else random.pick(found).setAttribute(name, random.text(4));
    return;
  }
  const text = random.pick(texts);
  const block = text.parent;
  if (!(block instanceof Y.XmlElement)) return;
  const mention = new Y.XmlElement("mention");
  mention.setAttribute("id", random.text(4));
  mention.setAttribute("label", random.text(6));
  const rest = new Y.XmlText();
  const at = random.pick(boundaries(text));
  const tail = text.toString().length > 0 ? deltaFrom(text.toDelta(), at) : [];
  block.insert(block.toArray().indexOf(text) + 1, [mention, rest]);
  rest.applyDelta(tail);
  if (text.length > at) text.delete(at, text.length - at);
}

function insertAt(text: Y.XmlText, random: Random, insert: (text: Y.XmlText, at: number) => void): void {
  insert(text, random.pick(boundaries(text)));
}

function insertText(text: Y.XmlText, random: Random): void {
  const attributes = random.chance(0.2) ? random.pick(marks) : undefined;
  insertAt(text, random, (into, at) => into.insert(at, random.text(5), attributes));
}

function range(text: Y.XmlText, random: Random): { readonly from: number; readonly length: number } {
  const places = boundaries(text);
  const a = random.pick(places);
  const b = random.pick(places);
  return { from: Math.min(a, b), length: Math.abs(a - b) };
}

function deleteText(text: Y.XmlText, random: Random): void {
  const { from, length } = range(text, random);
  if (length > 0) text.delete(from, length);
}

function formatText(text: Y.XmlText, random: Random): void {
  const { from, length } = range(text, random);
  if (length > 0) text.format(from, length, random.pick(marks));
}

function changeAttribute(element: Y.XmlElement, random: Random): void {
  const name = random.pick(["align", "level"]);
  if (random.chance(0.3)) element.removeAttribute(name);
  else element.setAttribute(name, random.pick(["left", "right", "1", "2"]));
}

function deleteChild(parent: Y.XmlFragment, random: Random): void {
  if (parent.length > 0) parent.delete(random.int(parent.length), 1);
}

/** What Enter does: the text after the caret moves to a new block behind this one. */
function splitBlock(text: Y.XmlText, random: Random): void {
  const block = text.parent;
  if (!(block instanceof Y.XmlElement)) return;
  const holder = block.parent;
  if (!(holder instanceof Y.XmlFragment)) return;
  const at = random.pick(boundaries(text));
  const tail = text.toString().length > 0 ? text.toDelta() : [];
  const moved = new Y.XmlText();
  const element = new Y.XmlElement(block.nodeName);
  element.insert(0, [moved]);
  holder.insert(holder.toArray().indexOf(block) + 1, [element]);
  moved.applyDelta(deltaFrom(tail, at));
  if (text.length > at) text.delete(at, text.length - at);
}

type DeltaPart = { readonly insert: string | object; readonly attributes?: object };

function deltaFrom(delta: readonly DeltaPart[], at: number): DeltaPart[] {
  const rest: DeltaPart[] = [];
  let skip = at;
  for (const part of delta) {
    const length = typeof part.insert === "string" ? part.insert.length : 1;
    if (skip < length) {
      const insert = typeof part.insert === "string" ? part.insert.slice(skip) : part.insert;
      rest.push({ ...part, insert });
    }
    skip = Math.max(0, skip - length);
  }
  return rest;
}
