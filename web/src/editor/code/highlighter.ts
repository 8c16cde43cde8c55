import { createLowlight } from "lowlight";
import { codeLanguages } from "./codeLanguages.ts";
import type { Token } from "./tokens.ts";

const lowlight = createLowlight();
const registered = new Set<string>();

export async function learn(id: string): Promise<boolean> {
  const entry = codeLanguages.find((each) => each.id === id);
  if (entry === undefined) return false;
  if (!registered.has(id)) {
    lowlight.register(id, (await entry.load()).default);
    registered.add(id);
  }
  return true;
}

type Tree = ReturnType<typeof lowlight.highlight>;

/** The parts of some code that have a meaning; what lies between them has none. */
export function tokensOf(id: string, code: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const walk = (nodes: Tree["children"], className: string) => {
    for (const node of nodes) {
      if (node.type === "text") {
        const end = at + node.value.length;
        if (className !== "" && end > at) tokens.push({ from: at, to: end, className });
        at = end;
      } else if (node.type === "element") {
        const own = node.properties.className;
        walk(node.children as Tree["children"], Array.isArray(own) ? own.join(" ") : className);
      }
    }
  };
  walk(lowlight.highlight(id, code).children, "");
  return tokens;
}
