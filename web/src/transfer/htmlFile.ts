import { type JSONNode, jsonToHTML } from "@palimpsest/schema";
import { pageStyle } from "./pageStyle.ts";

/** What an exported page says it was made by; an import knows by it that every space counts. */
export const GENERATOR = "Palimpsest";

export interface Page {
  readonly title: string;
  readonly json: JSONNode;
  /** Of the page, as in `<html lang>`. */
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  /** Where the document's assets are found from the file: `data:`, or an absolute address. */
  readonly assetAddress: (id: string) => string | null;
}

type DrawFormula = (latex: string, alone: boolean) => string;

function hasFormula(node: JSONNode): boolean {
  return node.type === "inlineMath" || node.type === "blockMath" || (node.content ?? []).some(hasFormula);
}

async function formulaDrawer(json: JSONNode): Promise<DrawFormula | null> {
  if (!hasFormula(json)) return null;
  const { renderToString } = await import("katex");
  return (latex, displayMode) =>
    renderToString(latex, {
      displayMode,
      output: "mathml",
      throwOnError: false,
      trust: false,
      maxExpand: 500,
      maxSize: 40,
    });
}

function text(document: Document, tag: string, words: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}

/**
 * A whole page that reads well without anything else: with its style, its pictures, and formulas as browsers draw them by
 * themselves. Nothing in it runs, and a policy of its own says so.
 */
export async function htmlFile({ title, json, language, direction, assetAddress }: Page): Promise<string> {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = language;
  page.documentElement.dir = direction;
  const meta = (attributes: Readonly<Record<string, string>>) => {
    const element = page.createElement("meta");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  page.head.prepend(
    meta({ charset: "utf-8" }),
    meta({ name: "viewport", content: "width=device-width, initial-scale=1" }),
    meta({ name: "generator", content: GENERATOR }),
    meta({
      "http-equiv": "Content-Security-Policy",
      content: "default-src 'none'; img-src data: https:; style-src 'unsafe-inline'",
    }),
  );
  page.head.append(text(page, "style", pageStyle));
  const main = page.createElement("main");
  main.innerHTML = jsonToHTML(json, { assetAddress });
  const draw = await formulaDrawer(json);
  if (draw !== null)
    for (const formula of main.querySelectorAll("[data-latex]"))
      formula.innerHTML = draw(formula.getAttribute("data-latex") ?? "", formula.tagName === "DIV");
  for (const box of main.querySelectorAll("input[type=checkbox]")) box.setAttribute("disabled", "");
  if (title.trim() !== "") {
    const heading = text(page, "h1", title);
    heading.className = "title";
    main.prepend(heading);
  }
  page.body.append(main);
  return `<!doctype html>\n${page.documentElement.outerHTML}\n`;
}
