import { updateYFragment } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import { alignBlocks, type Block, type Step } from "./alignBlocks.ts";
import type { ProseMirrorJSON } from "./documentJSON.ts";
import { documentSchema } from "./documentSchema.ts";
import { jsonToMarkdown } from "./jsonToMarkdown.ts";
import { FRAGMENT_NAME } from "./schemaVersion.ts";
import { readChild } from "./yDocument.ts";

/**
 * Makes a document's text say what `json` says, in one transaction. Blocks that read the same as Markdown stay as they
 * are, with carets in them and with what Markdown cannot say of them (alignment, merged cells, empty lines between two
 * that stay); of those that became others the beginning and the end that they share stay. The title is left alone.
 *
 * @param json valid under the schema: as from `markdownToJSON`
 * @throws RangeError if it is not
 */
export function replaceText(doc: Y.Doc, json: ProseMirrorJSON): void {
  const wanted = documentSchema().nodeFromJSON(json);
  wanted.check();
  const fragment = doc.getXmlFragment(FRAGMENT_NAME);
  const children: readonly unknown[] = fragment.toArray();
  const steps = withEmptyLines(
    alignBlocks(
      children.map(blockOf),
      (json.content ?? []).map((node) => ({ type: node.type, words: wordsOf([node]) })),
    ),
    children.map(blockOf),
  );
  const meta = { mapping: new Map(), isOMark: new Map() };
  doc.transact(() => {
    let at = 0;
    for (const step of steps) {
      switch (step.kind) {
        case "keep":
          at++;
          break;
        case "change":
          updateYFragment(doc, children[step.before] as Y.XmlElement, wanted.child(step.after), meta);
          at++;
          break;
        case "remove":
          fragment.delete(at, 1);
          break;
        case "add": {
          const node = wanted.child(step.after);
          const element = new Y.XmlElement(node.type.name);
          fragment.insert(at, [element]);
          updateYFragment(doc, element, node, meta);
          at++;
        }
      }
    }
  });
}

function wordsOf(content: NonNullable<ProseMirrorJSON["content"]>): string {
  return jsonToMarkdown({ type: "doc", content });
}

function blockOf(child: unknown): Block {
  // what is no element cannot become one: it goes
  if (!(child instanceof Y.XmlElement)) return { type: "", words: "\0" };
  return { type: child.nodeName, words: wordsOf(readChild(child, 2)) };
}

/** Markdown cannot say an empty line: one between two blocks that stay as they are was not taken away by it. */
function withEmptyLines(steps: readonly Step[], before: readonly Block[]): readonly Step[] {
  const stays = (index: number) => {
    const step = steps[index];
    return step === undefined || step.kind === "keep";
  };
  const isEmptyLine = (index: number) => {
    const step = steps[index];
    return step?.kind === "remove" && before[step.before]?.words === "";
  };
  const result = [...steps];
  for (let from = 0; from < steps.length; from++) {
    if (!isEmptyLine(from)) continue;
    let to = from;
    while (isEmptyLine(to + 1)) to++;
    // one that would be all that is left is none between two blocks
    if (stays(from - 1) && stays(to + 1) && to - from + 1 < steps.length) {
      for (let i = from; i <= to; i++) {
        const { before } = steps[i] as Step & { kind: "remove" };
        result[i] = { kind: "keep", before, after: -1 };
      }
    }
    from = to;
  }
  return result;
}
