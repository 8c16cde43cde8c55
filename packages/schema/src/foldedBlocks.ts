import type { JSONMark, JSONNode } from "./documentJSON.ts";
import { jsonToText } from "./jsonToText.ts";
import { joinTexts } from "./markSet.ts";

interface Level {
  summary: readonly JSONNode[] | null;
  readonly blocks: JSONNode[];
}

/** A summary is text with marks: what else may stand in a line becomes what it reads as. */
function textsOf(line: readonly JSONNode[]): JSONNode[] {
  const texts = line.map((node): JSONNode => {
    if (node.type === "text") return node;
    const marks: JSONMark[] = node.marks ?? [];
    const text = node.type === "hardBreak" ? " " : jsonToText({ type: "paragraph", content: [node] });
    return { type: "text", text, ...(marks.length > 0 ? { marks } : {}) };
  });
  return joinTexts(texts.filter(({ text }) => text !== ""));
}

/**
 * Blocks of which some open and close a `<details>` around others. What is never closed is not hidden: its summary and its
 * blocks stand where they stood.
 */
export class FoldedBlocks {
  readonly #levels: Level[] = [{ summary: null, blocks: [] }];
  readonly #depth: number;
  readonly #maxDepth: number;
  /** Opened too deep to be one: their closing tags close nothing either. */
  #ignored = 0;

  constructor(depth: number, maxDepth: number) {
    this.#depth = depth;
    this.#maxDepth = maxDepth;
  }

  /** How deep the next block stands. */
  get depth(): number {
    return this.#depth + 2 * (this.#levels.length - 1);
  }

  add(blocks: readonly JSONNode[]): void {
    for (const block of blocks) this.#top.blocks.push(block);
  }

  open(): void {
    if (this.depth + 2 >= this.#maxDepth) this.#ignored++;
    else this.#levels.push({ summary: null, blocks: [] });
  }

  summary(line: readonly JSONNode[]): void {
    const texts = textsOf(line);
    const top = this.#top;
    if (this.#levels.length > 1 && this.#ignored === 0 && top.summary === null && top.blocks.length === 0)
      top.summary = texts;
    else if (texts.length > 0) this.add([{ type: "paragraph", content: texts }]);
  }

  close(): void {
    if (this.#ignored > 0) this.#ignored--;
    else if (this.#levels.length > 1) {
      const { summary, blocks } = this.#levels.pop() as Level;
      const line = summary === null || summary.length === 0 ? {} : { content: [...summary] };
      const content = blocks.length > 0 ? blocks : [{ type: "paragraph" }];
      const parts: JSONNode[] = [
        { type: "detailsSummary", ...line },
        { type: "detailsContent", content },
      ];
      this.add([{ type: "details", content: parts }]);
    }
  }

  finish(): JSONNode[] {
    return this.#levels.flatMap(({ summary, blocks }) =>
      summary === null || summary.length === 0
        ? blocks
        : [{ type: "paragraph", content: [...summary] }, ...blocks],
    );
  }

  get #top(): Level {
    return this.#levels.at(-1) as Level;
  }
}
