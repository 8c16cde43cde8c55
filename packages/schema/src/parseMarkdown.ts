import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmAutolinkLiteralFromMarkdown } from "mdast-util-gfm-autolink-literal";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTaskListItemFromMarkdown } from "mdast-util-gfm-task-list-item";
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import { boundContainers, boundedSyntax } from "./boundedSyntax.ts";

/**
 * Parses CommonMark with GFM's tables, task lists, strikethrough and autolinks to a syntax tree.
 *
 * @param htmlBlocks with `false`, lines of HTML are read as a paragraph with inline HTML, not kept as one opaque block.
 */
export function parseMarkdown(markdown: string, htmlBlocks: boolean): Root {
  return fromMarkdown(boundContainers(markdown), {
    extensions: [
      ...boundedSyntax(),
      gfmAutolinkLiteral(),
      gfmTable(),
      gfmTaskListItem(),
      ...(htmlBlocks ? [] : [{ disable: { null: ["htmlFlow", "codeIndented"] } }]),
    ],
    mdastExtensions: [
      // Its transform looks for addresses in text whose escapes are already gone, so "https\://…" would become a link.
      { ...gfmAutolinkLiteralFromMarkdown(), transforms: [] },
      gfmStrikethroughFromMarkdown(),
      gfmTableFromMarkdown(),
      gfmTaskListItemFromMarkdown(),
    ],
  });
}
