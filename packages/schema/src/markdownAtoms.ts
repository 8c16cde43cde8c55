import { fileDescription } from "./assetReference.ts";
import type { JSONNode } from "./documentJSON.ts";
import { escapeHTML } from "./escapeHTML.ts";
import { escapeText, linkTarget, type TextPlace } from "./escapeMarkdown.ts";
import { fileName } from "./file.ts";
import { type AssetAddress, imageAlignment, imageRatio, imageWidth } from "./image.ts";
import { assetIdOf, isSafeImageSource } from "./imageSource.ts";
import { MAX_LATEX } from "./math.ts";
import { mentionId, mentionLabel } from "./mention.ts";

/** Text between signs, where it neither begins a line nor ends a block. */
function inside(inCell: boolean): TextPlace {
  return { lineStart: false, blockEnd: false, inHeading: false, inCell, hasDollars: true };
}

/** A value in a tag in Markdown: on one line, without what would end a cell or a link's text. */
function coded(value: string): string {
  return escapeHTML(value.replaceAll("\0", "\ufffd")).replace(
    /[\r\n|\]`]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

function attribute(name: string, value: string | number | null): string {
  return value === null || value === "" ? "" : ` ${name}="${coded(String(value))}"`;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

/** Where a picture or a file of ours is found by whoever reads the Markdown. */
function addressOf(src: unknown, assetAddress: AssetAddress): string | null {
  const id = assetIdOf(src);
  if (id !== null) return assetAddress(id) ?? `asset:${id}`;
  return isSafeImageSource(src) ? src : null;
}

/** `![alt](src "caption")`, or a tag where width, place or ratio have to be said too. Without a source only its words. */
export function imageMarkdown(node: JSONNode, inCell: boolean, assetAddress: AssetAddress): string {
  const [alt, caption] = [textOr(node.attrs?.alt, ""), textOr(node.attrs?.caption, "")];
  const address = addressOf(node.attrs?.src, assetAddress);
  if (address === null)
    return escapeText(alt || caption, { ...inside(inCell), lineStart: true, blockEnd: true });
  const width = imageWidth(node.attrs?.width);
  const align = imageAlignment(node.attrs?.align);
  const ratio = imageRatio(node.attrs?.ratio);
  if (width === null && align === null && ratio === null && !/[\r\n]/.test(alt + caption))
    return `![${escapeText(alt, inside(inCell))}](${linkTarget(address, caption, inCell)})`;
  return `<img${[
    attribute("src", address),
    ` alt="${coded(alt)}"`,
    attribute("title", caption),
    attribute("width", width),
    attribute("data-align", align),
    attribute("data-ratio", ratio),
  ].join("")}>`;
}

/** `[name](address)<!-- file size type -->` */
export function fileMarkdown(node: JSONNode, inCell: boolean, assetAddress: AssetAddress): string {
  const name = fileName(node.attrs?.name) ?? "";
  const address = assetIdOf(node.attrs?.src) === null ? null : addressOf(node.attrs?.src, assetAddress);
  if (address === null) return escapeText(name, { ...inside(inCell), lineStart: true, blockEnd: true });
  const description = fileDescription(node.attrs?.size, node.attrs?.mime);
  return `[${escapeText(name, inside(inCell))}](${linkTarget(address, null, inCell)})${description}`;
}

/** `[@name](mention:id)` */
export function mentionMarkdown(node: JSONNode, inCell: boolean): string {
  const id = mentionId(node.attrs?.id);
  const label = escapeText(mentionLabel(node.attrs?.label), inside(inCell));
  return id === null ? `\\@${label}` : `[@${label}](mention:${id})`;
}

function latexOf(node: JSONNode): string {
  return textOr(node.attrs?.latex, "").replace(/\r\n?/g, "\n");
}

interface MathPlace {
  readonly inCell: boolean;
  readonly inLink: boolean;
  /** Another formula stands directly before it: their signs would be one. */
  readonly isAfterMath: boolean;
  /** What follows: a digit behind the closing sign makes it a price. */
  readonly after: string;
}

/** `$x$`, or a tag for a formula that those signs cannot hold. */
export function inlineMathMarkdown(node: JSONNode, place: MathPlace): string {
  const latex = latexOf(node);
  const isPlain =
    latex.length <= MAX_LATEX &&
    /^(?:[^\s\\$\0]|\\[^\n\0])(?:(?:[^\\$\n\0]|\\[^\n\0])*(?:[^\s\\$\0]|\\[^\s\0]))?$/u.test(latex) &&
    !(place.inCell && latex.includes("|") && latex.includes("\\")) &&
    !(place.inLink && latex.includes("]:")) &&
    !place.isAfterMath &&
    !/^\d/.test(place.after);
  if (isPlain) return `$${place.inCell ? latex.replaceAll("|", "\\|") : latex}$`;
  return `<span data-type="inline-math"${attribute("data-latex", latex)}></span>`;
}

/** A formula between lines of `$$`, or a tag where one of its own lines would end it. */
export function blockMathMarkdown(node: JSONNode): string {
  const latex = latexOf(node).replaceAll("\0", "\ufffd");
  if (!latex.split("\n").some((line) => line.includes("$$"))) return `$$\n${latex}\n$$`;
  return `<div data-type="block-math"${attribute("data-latex", latex)}></div>`;
}
