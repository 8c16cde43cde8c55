import * as Y from "yjs";

/** What a reader would see of a document, without any schema: elements, attributes, marked text, the `meta` map. */
export function view(doc: Y.Doc): unknown {
  return { body: doc.getXmlFragment("default").toArray().map(viewNode), meta: doc.getMap("meta").toJSON() };
}

function viewNode(node: Y.XmlElement | Y.XmlText | Y.XmlHook): unknown {
  if (node instanceof Y.XmlText) return { text: viewText(node), attributes: sorted(node.getAttributes()) };
  if (node instanceof Y.XmlElement) {
    const { nodeName: name } = node;
    return { name, attributes: sorted(node.getAttributes()), children: node.toArray().map(viewNode) };
  }
  return { hook: node.toJSON() };
}

interface Run {
  readonly insert: unknown;
  readonly attributes: unknown;
}

/** The text's delta with equal neighbours joined: where Yjs keeps a mark that changes nothing, nobody sees it. */
function viewText(text: Y.XmlText): Run[] {
  const runs: Run[] = [];
  for (const { insert, attributes = {} } of text.toDelta() as { insert: unknown; attributes?: object }[]) {
    const run = { insert, attributes: sorted(attributes) };
    const last = runs.at(-1);
    const joins =
      last !== undefined &&
      typeof last.insert === "string" &&
      typeof insert === "string" &&
      JSON.stringify(last.attributes) === JSON.stringify(run.attributes);
    if (joins) runs[runs.length - 1] = { ...run, insert: `${last.insert}${insert}` };
    else runs.push(run);
  }
  return runs;
}

function sorted(record: object): [string, unknown][] {
  return Object.entries(record)
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
