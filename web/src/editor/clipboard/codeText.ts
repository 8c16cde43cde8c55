const blocks = /^(?:DIV|P|LI|TR|PRE|UL|OL|TABLE)$/;
const skipped = /^(?:SCRIPT|STYLE|BUTTON|TEMPLATE|CLIPBOARD-COPY)$/i;

function collect(node: Node, lines: string[], depth: number): void {
  const add = (text: string) => {
    const [first = "", ...rest] = text.split(/\r\n?|\n/);
    lines[lines.length - 1] += first;
    lines.push(...rest);
  };
  for (const child of node.childNodes) {
    if (child.nodeType === 3) add(child.textContent ?? "");
    if (child.nodeType !== 1 || skipped.test(child.nodeName)) continue;
    if (child.nodeName === "BR") {
      lines.push("");
      continue;
    }
    if (depth > 200) {
      add(child.textContent ?? "");
      continue;
    }
    const isBlock = blocks.test(child.nodeName);
    const before = lines.length;
    if (isBlock && lines.at(-1) !== "") lines.push("");
    collect(child, lines, depth + 1);
    // A line of its own that holds nothing but a break is one line, not two.
    const isOne = child.childNodes.length === 1 && child.firstChild?.nodeName === "BR";
    if (isBlock && child.nextSibling !== null && !(isOne && lines.length > before)) lines.push("");
  }
}

/** The text of preformatted HTML with its lines, however they are written: line ends, `<br>` or a block for each. */
export function codeText(element: Element): string {
  const lines = [""];
  collect(element, lines, 0);
  return lines.join("\n").replaceAll("\u00a0", " ").replace(/^\n/, "").replace(/\n+$/, "");
}

/** The language that highlighters and generators write into class names. */
export function codeLanguage(element: Element): string | null {
  const near = [element, element.querySelector("code"), element.parentElement, element.closest("figure")];
  for (const each of near) {
    const said = each?.getAttribute("data-lang") ?? each?.getAttribute("data-language");
    const name =
      said ??
      /(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*)([\w+#.-]+)/i.exec(each?.className ?? "")?.[1];
    if (name && /^[\w+#.-]{1,40}$/.test(name) && !/^(?:plain|none|text|plaintext)$/i.test(name))
      return name.toLowerCase();
  }
  return null;
}

/** Whether a block is a listing without being `<pre>`: editors colour theirs so. */
export function isListing(element: Element): boolean {
  const style = element.getAttribute("style")?.slice(0, 2_000) ?? "";
  return (
    /white-space:\s*pre(?:;|\s*$)/i.test(style) &&
    /font-family:[^;]*(?:monospace|consolas|menlo|monaco|courier)/i.test(style)
  );
}
