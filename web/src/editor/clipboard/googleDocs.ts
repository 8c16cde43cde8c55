import { declarations } from "./css.ts";

const code = /^["']?(?:Roboto Mono|Courier New|Consolas|Source Code Pro|Ubuntu Mono|Inconsolata)\b/i;

/** Makes plain HTML of what Google Docs puts on the clipboard; its `<b style="font-weight:normal">` is read as any style. */
export function readGoogleDocs(document: Document): void {
  // The box of a task is a picture.
  for (const box of document.querySelectorAll("li[role=checkbox] > img")) box.remove();
  for (const span of document.querySelectorAll("span[style*='font-family']")) {
    if (!code.test(declarations(span).get("font-family") ?? "")) continue;
    const element = document.createElement("code");
    element.append(...span.childNodes);
    span.append(element);
  }
}
