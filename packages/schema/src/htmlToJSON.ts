import { DOMParser, type Node } from "@tiptap/pm/model";
import { checkJSON } from "./checkJSON.ts";
import { emptyDocument, type JSONNode, type ProseMirrorJSON } from "./documentJSON.ts";
import { documentSchema } from "./documentSchema.ts";
import { assetIdOf } from "./imageSource.ts";
import { inlineAtoms } from "./inlineTypes.ts";

/** As much of a DOM's element as is needed here; the Worker has none, and its types neither. */
interface Element {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelectorAll(selector: string): Iterable<Element>;
}

export interface HTMLImport {
  /** The asset that an address stands for, if it is one of the document's own. */
  readonly ownAsset?: (address: string) => string | null;
  /** Every space counts: for what `jsonToHTML` wrote, which has none between its tags. */
  readonly isExact?: boolean;
}

/**
 * Pictures and files that name both an asset and an address: an asset is meant only if the address is this document's own,
 * because elsewhere there is none of that name.
 */
function settleAssets(root: Element, ownAsset: (address: string) => string | null): void {
  for (const element of root.querySelectorAll("img, a[data-type='file']")) {
    const address = element.getAttribute("src") ?? element.getAttribute("href");
    if (address === null) continue;
    const id = ownAsset(address);
    if (id === null) element.removeAttribute("data-asset");
    else if (assetIdOf(`asset:${id}`) !== null) element.setAttribute("data-asset", `asset:${id}`);
  }
}

/** The binding stores no marks on atoms: kept here, they would be gone again once the document was opened. */
function withoutAtomMarks(node: JSONNode): JSONNode {
  const { marks, content, ...rest } = node;
  return {
    ...rest,
    ...(marks === undefined || inlineAtoms.has(node.type) ? {} : { marks }),
    ...(content === undefined ? {} : { content: content.map(withoutAtomMarks) }),
  };
}

/**
 * Reads HTML as a document valid under the schema, by the schema's own rules: what none of them knows (styles, handlers, ids,
 * scripts, addresses that may not be stored) does not get in, and its text stays. What is nested too deep to be kept becomes plain
 * paragraphs.
 *
 * @param parse makes a DOM of it without running or loading anything: in a browser
 *   `(html) => new DOMParser().parseFromString(html, "text/html").body`
 */
export function htmlToJSON(
  html: string,
  parse: (html: string) => unknown,
  { ownAsset = () => null, isExact = false }: HTMLImport = {},
): ProseMirrorJSON {
  const root = parse(html) as Element;
  settleAssets(root, ownAsset);
  const read: Node = DOMParser.fromSchema(documentSchema()).parse(
    root as never,
    isExact ? { preserveWhitespace: "full" } : {},
  );
  const json = withoutAtomMarks(read.toJSON() as JSONNode);
  return checkJSON(json).ok ? json : plain(root.textContent ?? "");
}

function plain(text: string): ProseMirrorJSON {
  const lines = text.split(/\s*\n\s*/).filter((line) => line !== "");
  if (lines.length === 0) return emptyDocument();
  return {
    type: "doc",
    content: lines.map((line) => ({ type: "paragraph", content: [{ type: "text", text: line }] })),
  };
}
