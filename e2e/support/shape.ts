import type { TextNode } from "./api.ts";

function shapeOf({ type, text, attrs, content = [], marks = [] }: TextNode): string {
  if (type === "text") {
    const names = marks.map((mark) => (mark.attrs?.color ? `${mark.type}=${mark.attrs.color}` : mark.type));
    return names.length === 0 ? (text ?? "") : `<${names.sort().join(" ")}>${text}</>`;
  }
  const said = ["level", "kind", "language", "latex", "checked", "tint", "dir", "textAlign", "label"]
    .filter((name) => attrs?.[name] != null && attrs[name] !== "")
    .map((name) => String(attrs?.[name]));
  const name = said.length === 0 ? type : `${type}.${said.join(".")}`;
  const inside = content.map(shapeOf).join(["paragraph", "heading"].includes(type) ? "" : " ");
  return name === "paragraph" ? inside || "_" : `${name}(${inside})`;
}

/** A document in a line for each block: plain paragraphs by their text, all else by name. */
export function shape(doc: TextNode): string[] {
  return (doc.content ?? []).map(shapeOf);
}
