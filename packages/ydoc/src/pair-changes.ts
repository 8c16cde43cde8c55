import { type Draft, type DraftElement, type DraftText, type Pair, sameRecord, text } from "./draft.ts";

/** Shorter pieces of text are the same by chance. */
const MIN_MOVED = 12;

/**
 * Finds what was deleted in one place and inserted in another, or in the same: editors replace a block to change its
 * type, take the end of a paragraph away and insert it below to split it, and a restore inserts anew what had been there.
 */
export function pairChanges(nodes: Draft[]): Draft[] {
  const settled = settle(nodes);
  const [gone, come] = [changed("deleted", settled), changed("inserted", settled)];
  pairElements(gone.elements, come.elements);
  pairTexts(gone, come);
  return settled;
}

/** Replaced in place: what differs in nothing is kept, what differs in its type or attributes alone has changed there. */
function settle(nodes: readonly Draft[]): Draft[] {
  const out: Draft[] = [];
  for (const node of nodes) {
    if (node.kind === "element") node.children = settle(node.children);
    const last = out.at(-1);
    if (last !== undefined && replaces(last, node)) {
      const [was, is] = last.state === "deleted" ? [last, node] : [node, last];
      keep(was, is);
      out[out.length - 1] = is;
    } else out.push(node);
  }
  return out;
}

function replaces(a: Draft, b: Draft): boolean {
  if (a.kind !== b.kind) return false;
  const changed = a.state !== "kept" && b.state !== "kept" && a.state !== b.state;
  if (!changed) return false;
  if (a.kind === "text") return a.text === (b as DraftText).text && sameRecord(a.values, b.values);
  const [left, right] = [a.children, (b as DraftElement).children].map(signatures);
  if (left !== right) return false;
  // empty blocks and leaves are too alike to be told from each other, unless nothing at all differs
  return left !== "" || signature(a) === signature(b);
}

function keep(was: Draft, is: Draft): void {
  if (was.kind === "element" && is.kind === "element") {
    if (was.name !== is.name) {
      is.change = "type";
      is.before = { name: was.name, values: was.values };
    } else if (!sameRecord(was.values, is.values)) {
      is.change = "attributes";
      is.before = { values: was.values };
    }
  }
  setKept(is, is.change === null);
}

function setKept(node: Draft, clear: boolean): void {
  node.state = "kept";
  if (clear) node.seq = 0;
  if (node.kind === "element") for (const child of node.children) setKept(child, true);
}

/** Text that stands together in one block. */
interface Stretch {
  readonly nodes: DraftText[];
  text: string;
}

/** What was inserted, or deleted, in pieces as large as possible. */
interface Changed {
  readonly elements: DraftElement[];
  readonly texts: Stretch[];
}

function changed(state: "inserted" | "deleted", nodes: readonly Draft[]): Changed {
  const found: Changed = { elements: [], texts: [] };
  const walk = (siblings: readonly Draft[]) => {
    gatherTexts(siblings, state, found.texts);
    for (const node of siblings) {
      if (node.kind === "text") continue;
      if (node.state === state) found.elements.push(node);
      else if (node.state === "kept") walk(node.children);
    }
  };
  walk(nodes);
  return found;
}

function gatherTexts(siblings: readonly Draft[], state: "inserted" | "deleted", into: Stretch[]): void {
  let open: Stretch | null = null;
  for (const node of siblings) {
    if (node.kind === "element" || node.state !== state || node.pair !== null) open = null;
    else if (open === null) {
      open = { nodes: [node], text: node.text };
      into.push(open);
    } else {
      open.nodes.push(node);
      open.text += node.text;
    }
  }
}

function pairElements(gone: readonly DraftElement[], come: readonly DraftElement[]): void {
  const waiting = new Map<string, DraftElement[]>();
  for (const node of gone) if (textOf(node) !== "") push(waiting, signature(node), node);
  if (waiting.size === 0) return;
  for (const node of come) {
    const was = waiting.get(signature(node))?.shift();
    if (was === undefined) continue;
    const pair: Pair = { n: 0 };
    setMoved(was, "moved-away", pair);
    setMoved(node, "moved", pair);
  }
}

function pairTexts(gone: Changed, come: Changed): void {
  const waiting = new Map<string, Stretch[]>();
  for (const stretch of allTexts(gone, "deleted")) {
    if (stretch.text.trim().length >= MIN_MOVED) push(waiting, stretch.text, stretch);
  }
  if (waiting.size === 0) return;
  for (const stretch of allTexts(come, "inserted")) {
    const was = waiting.get(stretch.text)?.shift();
    if (was === undefined) continue;
    const pair: Pair = { n: 0 };
    for (const node of was.nodes) setMoved(node, "moved-away", pair);
    for (const node of stretch.nodes) setMoved(node, "moved", pair);
  }
}

/** Those that stand alone, and those in elements that found no partner. */
function allTexts({ elements, texts }: Changed, state: "inserted" | "deleted"): Stretch[] {
  const found = [...texts];
  const walk = (element: DraftElement) => {
    if (element.pair !== null) return;
    gatherTexts(element.children, state, found);
    for (const child of element.children) if (child.kind === "element") walk(child);
  };
  for (const element of elements) walk(element);
  return found;
}

function push<T>(waiting: Map<string, T[]>, key: string, value: T): void {
  const list = waiting.get(key);
  if (list === undefined) waiting.set(key, [value]);
  else list.push(value);
}

function setMoved(node: Draft, change: "moved" | "moved-away", pair: Pair): void {
  node.change = change;
  node.pair = pair;
  if (node.kind === "element") for (const child of node.children) setMoved(child, change, pair);
}

function textOf(node: Draft): string {
  return node.kind === "text" ? node.text : node.children.map(textOf).join("");
}

/** Everything that a reader sees of it, as one text: equal for what looks the same, however it is cut into pieces. */
function signature(node: Draft): string {
  if (node.kind === "text") return `${values(node)}"${node.text}"`;
  return `<${node.name} ${values(node)}>${signatures(node.children)}</>`;
}

function signatures(nodes: readonly Draft[]): string {
  let out = "";
  let marks: string | null = null;
  for (const node of nodes) {
    const own = node.kind === "text" ? values(node) : null;
    if (node.kind === "text" && own === marks) out = `${out.slice(0, -1)}${node.text}"`;
    else out += signature(node);
    marks = own;
  }
  return out;
}

function values(node: Draft): string {
  return Object.keys(node.values)
    .sort()
    .map((key) => `${key}=${text(node.values[key])}`)
    .join(" ");
}
