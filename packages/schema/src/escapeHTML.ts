const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it stands between tags or in a quoted attribute. */
export function escapeHTML(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** ` name="value"`, escaped; nothing without a value. Names are never taken from a document. */
export function attribute(name: string, value: string | number | null): string {
  return value === null || value === "" ? "" : ` ${name}="${escapeHTML(String(value))}"`;
}
