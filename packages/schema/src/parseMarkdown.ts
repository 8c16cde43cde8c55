import type { PhrasingContent, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmAutolinkLiteralFromMarkdown } from "mdast-util-gfm-autolink-literal";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTaskListItemFromMarkdown } from "mdast-util-gfm-task-list-item";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import { boundContainers, boundedSyntax, onlyTags } from "./boundedSyntax.ts";
import { useLinearEdits } from "./linearEdits.ts";
import { mathFromMarkdown } from "./mathFromMarkdown.ts";
import { mathBlocks } from "./mathSyntax.ts";

/** A syntax tree and the text that its positions are in. */
export interface Parsed {
  readonly root: Root;
  readonly source: string;
}

/**
 * Parses CommonMark with GFM's tables, task lists, strikethrough and autolinks, and formulas, to a syntax tree.
 *
 * @param htmlBlocks with `false`, lines of HTML are read as a paragraph with inline HTML, not kept as one opaque block.
 */
export function parseMarkdown(markdown: string, htmlBlocks: boolean): Parsed {
  useLinearEdits();
  // One kind of line end and no byte order mark: positions in the tree count characters of what is parsed.
  const source = boundContainers(markdown.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"));
  const root = fromMarkdown(source, {
    extensions: [
      ...boundedSyntax(),
      mathBlocks(source),
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
      mathFromMarkdown,
    ],
  });
  return { root, source };
}

/** Reads a line of HTML in which nothing but tags and character references means something, as in a `<summary>`. */
export function parseTags(html: string): PhrasingContent[] {
  const { children } = fromMarkdown(html, { extensions: [onlyTags()] });
  return children.flatMap((node, index): PhrasingContent[] => {
    if (node.type !== "paragraph") return [];
    return index === 0 ? node.children : [{ type: "text", value: " " }, ...node.children];
  });
}
