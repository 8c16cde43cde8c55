import { isSafeHref } from "@palimpsest/schema";
import type { Mark, Node, Schema } from "@tiptap/pm/model";
import { trimAddress } from "../Autolink.ts";

const address = /(?<![\w@/])(?:https?:\/\/|www\.)[^\s<>"]{1,2000}/gi;

/** A line of text as the schema has it, its web addresses linked. */
export function linkedText(schema: Schema, line: string, marks: readonly Mark[]): Node[] {
  const link = schema.marks.link;
  const nodes: Node[] = [];
  let at = 0;
  const add = (text: string, more: readonly Mark[] = []) => {
    if (text !== "")
      nodes.push(
        schema.text(
          text,
          more.reduce<readonly Mark[]>((all, mark) => mark.addToSet(all), marks),
        ),
      );
  };
  for (const found of line.matchAll(address)) {
    const text = trimAddress(found[0]);
    const href = /^www\./i.test(text) ? `https://${text}` : text;
    if (link === undefined || !isSafeHref(href)) continue;
    add(line.slice(at, found.index));
    add(text, [link.create({ href })]);
    at = found.index + text.length;
  }
  add(line.slice(at));
  return nodes;
}
