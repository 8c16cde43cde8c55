import { assetIdOf, calloutKind, fileName, type JSONNode } from "@palimpsest/schema";
import {
  AlignmentType,
  CheckBox,
  ExternalHyperlink,
  HeadingLevel,
  ImageRun,
  type IParagraphOptions,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { colourOf, grounds } from "../palette.ts";
import { DEEPEST_LEVEL, numberingOf } from "./lists.ts";
import { codeRuns, runsOf, writable } from "./runs.ts";
import { calloutStyleId } from "./styles.ts";

/** A picture as Word takes it, with its size in pixels. */
export interface DocxPicture {
  readonly type: "png" | "jpg" | "gif";
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface Sources {
  /** By asset id. */
  readonly pictures: ReadonlyMap<string, DocxPicture>;
  /** Where a file can be downloaded. */
  readonly address: (assetId: string) => string;
}

/** What a block stands in, as far as Word says it on each paragraph. */
interface Around {
  readonly style?: string;
  readonly numbering?: NonNullable<IParagraphOptions["numbering"]>;
  readonly level: number;
  readonly indent: number;
  readonly fill?: string;
  /** A box to begin the first line with. */
  readonly box?: boolean;
}

type Block = Paragraph | Table;

/** Between the margins of the page, in pixels at 96 to the inch. */
const PAGE_WIDTH = 600;

const headings = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
] as const;

const alignments: Readonly<Record<string, (typeof AlignmentType)[keyof typeof AlignmentType]>> = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.JUSTIFIED,
};

export class BlockWriter {
  readonly #sources: Sources;
  /** Lists so far: each counts for itself. */
  #lists = 0;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  blocks(nodes: readonly JSONNode[], around: Around = { level: -1, indent: 0 }): Block[] {
    return nodes.flatMap((node) => this.#block(node, around));
  }

  #block(node: JSONNode, around: Around): Block[] {
    const content = node.content ?? [];
    switch (node.type) {
      case "paragraph":
        return [this.#line(node, around, runsOf(content))];
      case "heading": {
        const heading = headings[Number(node.attrs?.level ?? 1) - 1] ?? HeadingLevel.HEADING_6;
        return [this.#line(node, around, runsOf(content), { heading })];
      }
      case "codeBlock": {
        const text = content.map((child) => child.text ?? "").join("");
        return [this.#line(node, { ...around, style: "CodeBlock" }, codeRuns(text))];
      }
      case "blockquote":
        return this.blocks(content, { ...around, style: "Quote", indent: around.indent + 480 });
      case "callout":
        return this.blocks(content, { ...around, style: calloutStyleId(calloutKind(node.attrs?.kind)) });
      case "bulletList":
      case "orderedList":
      case "taskList":
        return this.#list(node, around);
      case "horizontalRule":
        return [new Paragraph({ style: "Divider" })];
      case "table":
        return this.#table(node);
      case "image":
        return this.#image(node, around);
      case "file":
        return this.#file(node, around);
      case "blockMath":
        return [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ text: writable(String(node.attrs?.latex ?? "")), style: "Formula" })],
          }),
        ];
      case "detailsSummary":
        return [this.#line(node, around, runsOf(content, { bold: true }))];
      case "detailsContent":
        return this.blocks(content, { ...around, indent: around.indent + 360 });
      default:
        return content.some(({ type }) => type === "text")
          ? [this.#line(node, around, runsOf(content))]
          : this.blocks(content, around);
    }
  }

  #line(
    node: JSONNode,
    around: Around,
    children: ParagraphChild[],
    extra: IParagraphOptions = {},
  ): Paragraph {
    const align = node.attrs?.textAlign;
    const fill = colourOf(grounds, node.attrs?.tint) ?? around.fill;
    const box =
      around.box === undefined
        ? []
        : [
            new CheckBox({
              checked: around.box,
              checkedState: { value: "2612", font: "MS Gothic" },
              uncheckedState: { value: "2610", font: "MS Gothic" },
            }),
            new TextRun(" "),
          ];
    return new Paragraph({
      ...(around.style === undefined ? {} : { style: around.style }),
      ...(around.numbering === undefined ? {} : { numbering: around.numbering }),
      ...(around.indent > 0 && around.numbering === undefined ? { indent: { left: around.indent } } : {}),
      ...(typeof align === "string" && Object.hasOwn(alignments, align)
        ? { alignment: alignments[align] ?? AlignmentType.LEFT }
        : {}),
      ...(node.attrs?.dir === "rtl" ? { bidirectional: true } : {}),
      ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, fill } }),
      ...extra,
      children: [...box, ...children],
    });
  }

  #list(node: JSONNode, around: Around): Block[] {
    const level = Math.min(around.level + 1, DEEPEST_LEVEL);
    const fill = colourOf(grounds, node.attrs?.tint) ?? around.fill;
    const numbering = { reference: numberingOf(node), level, instance: ++this.#lists };
    return (node.content ?? []).flatMap((item) => {
      const [first, ...rest] = item.content ?? [];
      const inside: Around = {
        level,
        indent: 480 * (level + 1),
        ...(around.style === undefined ? {} : { style: around.style }),
        ...(fill === undefined ? {} : { fill }),
      };
      const box = item.type === "taskItem" ? { box: item.attrs?.checked === true } : {};
      const head = first === undefined ? [] : this.#block(first, { ...inside, ...box, numbering });
      return [...head, ...this.blocks(rest, inside)];
    });
  }

  #table(node: JSONNode): Block[] {
    const rows = (node.content ?? []).map((row) => {
      const cells = row.content ?? [];
      return new TableRow({
        ...(cells.length > 0 && cells.every(({ type }) => type === "tableHeader")
          ? { tableHeader: true }
          : {}),
        cantSplit: true,
        children: cells.map((cell) => {
          const [columns, down] = [Number(cell.attrs?.colspan ?? 1), Number(cell.attrs?.rowspan ?? 1)];
          const align = cell.attrs?.align;
          const aligned = (child: JSONNode): JSONNode =>
            typeof align === "string"
              ? { ...child, attrs: { textAlign: align, ...withoutNulls(child.attrs) } }
              : child;
          const children = this.blocks((cell.content ?? []).map(aligned));
          const isHeader = cell.type === "tableHeader";
          return new TableCell({
            ...(columns > 1 ? { columnSpan: columns } : {}),
            ...(down > 1 ? { rowSpan: down } : {}),
            ...(isHeader ? { shading: { type: ShadingType.CLEAR, fill: "F4F1EA" } } : {}),
            margins: { top: 60, bottom: 20, left: 100, right: 100 },
            children: children.length > 0 ? children : [new Paragraph({})],
          });
        }),
      });
    });
    if (rows.length === 0) return [];
    // Two tables without a line between them are one to Word.
    return [
      new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows }),
      new Paragraph({ spacing: { after: 0 } }),
    ];
  }

  #image(node: JSONNode, around: Around): Block[] {
    const { src, alt, caption, width, align } = node.attrs ?? {};
    const words = typeof caption === "string" && caption !== "" ? caption : null;
    const described = typeof alt === "string" ? writable(alt) : "";
    const id = assetIdOf(src);
    const picture = id === null ? undefined : this.#sources.pictures.get(id);
    const alignment =
      align === "left" ? AlignmentType.LEFT : align === "right" ? AlignmentType.RIGHT : AlignmentType.CENTER;
    const written: Block[] = [];
    if (picture !== undefined) {
      const wanted = typeof width === "number" && width > 0 ? width : picture.width;
      const shown = Math.min(wanted, PAGE_WIDTH - Math.round(around.indent / 15));
      written.push(
        new Paragraph({
          alignment,
          keepNext: words !== null,
          children: [
            new ImageRun({
              type: picture.type,
              data: picture.data,
              transformation: {
                width: shown,
                height: Math.max(1, Math.round((shown * picture.height) / picture.width)),
              },
              altText: { name: described.slice(0, 60), description: described, title: "" },
            }),
          ],
        }),
      );
    } else {
      // One on another server, or one that could not be fetched, is named and, where there is an address, linked.
      const text = new TextRun({ text: described || writable(words ?? "") || "□", style: "Hyperlink" });
      const link = id === null ? src : this.#sources.address(id);
      if (typeof link === "string")
        written.push(
          new Paragraph({ alignment, children: [new ExternalHyperlink({ link, children: [text] })] }),
        );
    }
    if (words !== null)
      written.push(new Paragraph({ style: "Caption", alignment, children: [new TextRun(writable(words))] }));
    return written;
  }

  #file(node: JSONNode, around: Around): Block[] {
    const id = assetIdOf(node.attrs?.src);
    const text = new TextRun({
      text: writable(fileName(node.attrs?.name) ?? ""),
      ...(id === null ? {} : { style: "Hyperlink" }),
    });
    const children =
      id === null ? [text] : [new ExternalHyperlink({ link: this.#sources.address(id), children: [text] })];
    return [this.#line(node, around, children)];
  }
}

function withoutNulls(attrs: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attrs ?? {}).filter(([, value]) => value !== null));
}
