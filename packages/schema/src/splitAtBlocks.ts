import type { JSONNode } from "./documentJSON.ts";
import { joinTexts } from "./markSet.ts";

const blockTypes: ReadonlySet<string> = new Set(["image", "file"]);

/** A line of text without the space, or the one break, that set a picture or a file apart from it. */
function trimmed(line: readonly JSONNode[], after: boolean, before: boolean): JSONNode[] {
  let nodes = [...line];
  if (after && nodes[0]?.type === "hardBreak") nodes.shift();
  else if (after) nodes = withoutSpace(nodes, 0, /^[ \t]+/);
  if (before && nodes.at(-1)?.type === "hardBreak") nodes.pop();
  else if (before) nodes = withoutSpace(nodes, nodes.length - 1, /[ \t]+$/);
  return nodes;
}

function withoutSpace(nodes: readonly JSONNode[], at: number, space: RegExp): JSONNode[] {
  const node = nodes[at];
  if (node?.type !== "text") return [...nodes];
  const text = (node.text ?? "").replace(space, "");
  return nodes.toSpliced(at, 1, ...(text === "" ? [] : [{ ...node, text }]));
}

/** Takes pictures and files out of the text they stood in: they and the lines between them are blocks of their own. */
export function splitAtBlocks(
  nodes: readonly JSONNode[],
  paragraph: (line: JSONNode[]) => JSONNode,
): JSONNode[] {
  const cuts = nodes.flatMap((node, index) => (blockTypes.has(node.type) ? [index] : []));
  if (cuts.length === 0) return [paragraph([...nodes])];
  const blocks: JSONNode[] = [];
  let from = 0;
  for (const cut of [...cuts, nodes.length]) {
    const line = trimmed(nodes.slice(from, cut), from > 0, cut < nodes.length);
    if (line.length > 0) blocks.push(paragraph(line));
    const block = nodes[cut];
    if (block !== undefined) blocks.push(block);
    from = cut + 1;
  }
  return blocks;
}

/** The same for a line that cannot be cut, a heading: its text, and what stood in it behind it. */
export function moveOutBlocks(nodes: readonly JSONNode[]): { line: JSONNode[]; blocks: JSONNode[] } {
  const blocks = nodes.filter((node) => blockTypes.has(node.type));
  if (blocks.length === 0) return { line: [...nodes], blocks };
  const line = splitAtBlocks(nodes, (content) => ({ type: "", content }))
    .filter(({ type }) => type === "")
    .flatMap(({ content }, index) => [
      ...(index > 0 ? [{ type: "text", text: " " }] : []),
      ...(content ?? []),
    ]);
  return { line: joinTexts(line), blocks };
}
