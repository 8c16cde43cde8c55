import type { Node } from "@tiptap/pm/model";
import { added, type Counts, countText, nothing, textOfBlock } from "./countText.ts";

/**
 * Counts a text by its blocks and keeps each block's numbers for as long as it stays as it is: a key in a long document costs the
 * counting of one block.
 */
export class TextCounter {
  readonly #known = new WeakMap<Node, Counts>();

  /**
   * The numbers of the whole text.
   *
   * @param mayGoOn asked between blocks that were not counted yet
   * @returns null where there was no time for all: what was counted is kept for the next time
   */
  count(doc: Node, mayGoOn: () => boolean): Counts | null {
    let sum = nothing;
    for (const child of doc.children) {
      const known = this.#known.get(child);
      if (known === undefined && !mayGoOn()) return null;
      sum = added(sum, known ?? this.#countBlock(child));
    }
    return sum;
  }

  #countBlock(block: Node): Counts {
    let sum = nothing;
    if (block.isTextblock) sum = countText(textOfBlock(block));
    else
      block.descendants((node) => {
        if (!node.isTextblock) return true;
        sum = added(sum, countText(textOfBlock(node)));
        return false;
      });
    this.#known.set(block, sum);
    return sum;
  }
}
