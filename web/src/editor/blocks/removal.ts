import { Fragment, type Node } from "@tiptap/pm/model";
import { type BlockRange, isList } from "./blockRange.ts";

/** What to take out so that blocks are gone, and what a parent that must not be empty is left with. */
export type Removal = BlockRange & { readonly left: Fragment };

/** Lists and quotes go with the last of their blocks; what else must hold something keeps an empty line. */
export function removalOf(doc: Node, range: BlockRange): Removal {
  const $from = doc.resolve(range.from);
  const { parent } = $from;
  const isAll = range.from === $from.start() && range.to === $from.end();
  if (isAll && $from.depth > 0 && (isList(parent) || parent.type.name === "blockquote"))
    return removalOf(doc, { from: $from.before(), to: $from.after() });
  const index = $from.index();
  const count = doc.resolve(range.to).index() - index;
  const fits = parent.canReplace(index, index + count);
  const paragraph = doc.type.schema.nodes.paragraph?.create() ?? null;
  return { ...range, left: fits || paragraph === null ? Fragment.empty : Fragment.from(paragraph) };
}
