import type { Blockquote, Paragraph } from "mdast";
import { calloutKinds } from "./callout.ts";

interface Alert {
  readonly kind: string;
  readonly children: Blockquote["children"];
}

const marker = /^\[!([A-Za-z]+)\][ \t]*(\n|$)/;

/**
 * What a quote says if it is one of GitHub's alerts: `[!NOTE]` alone on its first line.
 *
 * @param source what the tree's positions are in: in the tree itself an escaped `\[!NOTE\]` looks the same
 */
export function readAlert(node: Blockquote, source: string): Alert | null {
  const [first, ...rest] = node.children;
  const text = first?.type === "paragraph" ? first.children[0] : undefined;
  if (first?.type !== "paragraph" || text?.type !== "text") return null;
  const [whole = "", name = "", end] = marker.exec(text.value) ?? [];
  const kind = name.toLowerCase();
  const at = text.position?.start.offset ?? -1;
  const label = `[!${name}]`;
  if (!calloutKinds.includes(kind) || source.slice(at, at + label.length) !== label) return null;
  const [, ...others] = first.children;
  if (end === "" && others.length > 0 && others[0]?.type !== "break") return null;
  const left = text.value.slice(whole.length);
  const children: Paragraph["children"] =
    left === "" ? (end === "" ? others.slice(1) : others) : [{ type: "text", value: left }, ...others];
  return { kind, children: children.length > 0 ? [{ ...first, children }, ...rest] : rest };
}

/** The line that opens an alert. */
export function alertMarker(kind: string): string {
  return `[!${kind.toUpperCase()}]`;
}
