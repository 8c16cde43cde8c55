import { Flow } from "./flow.ts";
import type { Place, Rewriter } from "./rewrite.ts";
import { tidyBlocks } from "./tidy.ts";

/** A toggle of HTML as the schema has it: one line that is always seen, and blocks below it. */
export function writeToggle(element: Element, place: Place, rewriter: Rewriter): HTMLElement {
  const { document } = rewriter;
  const own = [...element.childNodes];
  const head = own.find((child) => child.nodeName === "SUMMARY") as Element | undefined;
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  if (head !== undefined) {
    const lines = document.createElement("div");
    rewriter.fill(lines, head, place);
    for (const [at, line] of [...lines.children].entries()) {
      if (at > 0) summary.append(" ");
      summary.append(...line.childNodes);
    }
  }
  const content = document.createElement("div");
  content.setAttribute("data-type", "detailsContent");
  const inside = new Flow(content);
  for (const child of own) if (child !== head) rewriter.write(child, inside, place);
  inside.end();
  tidyBlocks(content);
  if (content.childElementCount === 0) content.append(document.createElement("p"));
  details.append(summary, content);
  return details;
}
