import type { Extensions } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Code } from "@tiptap/extension-code";
import { CodeBlock } from "@tiptap/extension-code-block";
import { Details, DetailsContent, DetailsSummary } from "@tiptap/extension-details";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { HorizontalRule } from "@tiptap/extension-horizontal-rule";
import { Italic } from "@tiptap/extension-italic";
import { BulletList, ListItem, ListKeymap, OrderedList, TaskItem, TaskList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Strike } from "@tiptap/extension-strike";
import { Subscript } from "@tiptap/extension-subscript";
import { Superscript } from "@tiptap/extension-superscript";
import { Table, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";
import { TextAlign } from "@tiptap/extension-text-align";
import { Underline } from "@tiptap/extension-underline";
import { Dropcursor } from "@tiptap/extensions/drop-cursor";
import { Gapcursor } from "@tiptap/extensions/gap-cursor";
import { Callout } from "./callout.ts";
import { BlockLook, ColouredHighlight, TextColor } from "./colours.ts";
import { File } from "./file.ts";
import { type AssetAddress, Image } from "./image.ts";
import { BlockMath, InlineMath } from "./math.ts";
import { Mention } from "./mention.ts";
import { SafeLink } from "./safeLink.ts";
import { BoundedTableCell, BoundedTableHeader } from "./tableCells.ts";

/** The alignments a paragraph or heading may have; none means the reader's default. */
export const alignments: readonly string[] = ["left", "center", "right", "justify"];

// The value is copied into a style attribute: unchecked, "left; position: fixed; …" would restyle every reader's page.
const SafeTextAlign = TextAlign.extend({
  addGlobalAttributes() {
    return [
      {
        types: ["heading", "paragraph"],
        attributes: {
          textAlign: {
            default: null,
            parseHTML: (element) =>
              alignments.includes(element.style.textAlign) ? element.style.textAlign : null,
            renderHTML: (attributes) =>
              alignments.includes(attributes.textAlign)
                ? { style: `text-align: ${attributes.textAlign}` }
                : {},
          },
        },
      },
    ];
  },
}).configure({ types: ["heading", "paragraph"], alignments: [...alignments] });

// TipTap's code mark excludes all others, so "[`name`](https://…)" would lose its link. It still excludes itself:
// marks that do not are stored under hashed names by the Yjs binding.
const CombinableCode = Code.extend({ excludes: "code" });

type Options = {
  /** Where the page that shows the document finds its assets; without it pictures and files have no address. */
  readonly assetAddress?: AssetAddress;
};

/**
 * The extensions that define every node and mark a document may have, for the editor and for `documentSchema()` alike.
 *
 * The editor adds its interactive extensions (collaboration, carets, placeholder…) on top and must not leave one of these out:
 * content of a missing node or mark is deleted for everybody when the document is opened.
 * Without TipTap's undo (collaboration brings its own) and without its trailing node, which edits a document that ends in a
 * table or code block the moment it is opened: so not its starter kit, which would bring them along. Links do not open on
 * click: the editor decides.
 *
 * @returns a new array of new instances on each call, safe to hand to several editors.
 */
export function documentExtensions({ assetAddress = () => null }: Options = {}): Extensions {
  return [
    Bold,
    Blockquote,
    BulletList,
    CodeBlock,
    Document,
    Dropcursor,
    Gapcursor,
    HardBreak,
    Heading.configure({ levels: [1, 2, 3, 4, 5, 6] }),
    HorizontalRule,
    Italic,
    ListItem,
    ListKeymap,
    OrderedList,
    Paragraph,
    Strike,
    Text,
    Underline,
    CombinableCode,
    SafeLink,
    TaskList,
    TaskItem.configure({ nested: true }),
    Table.configure({ resizable: true }),
    TableRow,
    BoundedTableHeader,
    BoundedTableCell,
    ColouredHighlight,
    TextColor,
    Subscript,
    Superscript,
    SafeTextAlign,
    BlockLook,
    Callout,
    // Open and closed is each reader's own: stored, one reader's click would be everybody's.
    Details.configure({ persist: false }),
    DetailsSummary,
    DetailsContent,
    Image.configure({ assetAddress }),
    File.configure({ assetAddress }),
    InlineMath,
    BlockMath,
    Mention,
  ];
}
