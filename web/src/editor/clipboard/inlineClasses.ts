/** Writes the rules for classes in the head beside the elements they are for; programs that write so say "underlined" there. */
export function inlineClasses(document: Document): void {
  const css = [...document.querySelectorAll("style")].map((style) => style.textContent).join("\n");
  const rules = new Map<string, string>();
  for (const [, name, body] of css.matchAll(/(?:^|[\s}])[a-z0-9]*\.([\w-]+)\s*\{([^{}]*)\}/gi)) {
    if (name !== undefined && body !== undefined) rules.set(name, body.trim());
  }
  if (rules.size === 0) return;
  for (const element of document.body.querySelectorAll("[class]")) {
    const style = [...element.classList].map((name) => rules.get(name) ?? "").join("; ");
    if (style !== "") element.setAttribute("style", `${style}; ${element.getAttribute("style") ?? ""}`);
  }
}
