/** Where a piece of text stands; each place has its own characters that would mean something. */
export interface TextPlace {
  /** First on its line: `# x`, `- x`, `1. x`, `> x` and table rulers would start a block. */
  readonly lineStart: boolean;
  /** Last in its block: trailing spaces would be trimmed. */
  readonly blockEnd: boolean;
  readonly inHeading: boolean;
  /** In a table cell `|` ends the cell, inside code too. */
  readonly inCell: boolean;
  /** A `$` in this block could close a formula, so none may open one. */
  readonly hasDollars: boolean;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9]/.test(character);
}

function needsEscape(text: string, at: number, place: TextPlace): boolean {
  const before = text[at - 1];
  const after = text[at + 1];
  switch (text[at]) {
    case "_":
      return !(isWordCharacter(before) && isWordCharacter(after));
    case "<":
      return after === undefined || /[A-Za-z/!?]/.test(after);
    case "&":
      return /^&(?:#[xX]?[0-9a-fA-F]+|[A-Za-z0-9]+);/.test(text.slice(at, at + 40));
    case "!":
      return after === undefined;
    // The rest of these keep "https://…", "www.…" and "me@example.org" from becoming links they are not.
    case "@":
      return !/^\s$/.test(after ?? "") && !(before === undefined ? place.lineStart : /\s/.test(before));
    case ":":
      return after === "/" && /https?$/i.test(text.slice(Math.max(0, at - 5), at));
    case ".":
      return /www$/i.test(text.slice(Math.max(0, at - 3), at));
    case "|":
      return place.inCell;
    case "$":
      return place.hasDollars && !/^\s$/.test(after ?? "");
    default:
      return true;
  }
}

function escapeLineStart(text: string): string {
  const ordered = /^(\d{1,9})([.)])(?=\s|$)/.exec(text);
  if (ordered !== null) return `${ordered[1]}\\${text.slice(ordered[1]?.length)}`;
  return /^(?:#{1,6}(?:\s|$)|[>|]|[-+=](?![A-Za-z0-9])|:-|\$\$)/.test(text) ? `\\${text}` : text;
}

/** Spaces as they are written where Markdown would trim them. */
export function encodeSpaces(spaces: string): string {
  return spaces.replaceAll(" ", "&#32;").replaceAll("\t", "&#9;");
}

/** One line of text as Markdown knows it: line breaks inside a text read as spaces, NUL as the replacement character. */
export function plainLine(text: string): string {
  return text.replace(/\r\n|[\r\n]/g, " ").replaceAll("\0", "\ufffd");
}

/** Text that Markdown reads back as exactly this text, backslash-escaped only where it has to be. */
export function escapeText(source: string, place: TextPlace): string {
  const text = plainLine(source);
  const leading = /^[ \t]*/.exec(place.lineStart ? text : "")?.[0] ?? "";
  const trailing = place.blockEnd ? (/[ \t]*$/.exec(text.slice(leading.length))?.[0] ?? "") : "";
  const core = text.slice(leading.length, text.length - trailing.length);
  let escaped = core.replace(/[\\*`[\]~_<&!@:.|$]/g, (character, at: number) =>
    needsEscape(core, at, place) ? `\\${character}` : character,
  );
  if (place.lineStart && leading === "" && !place.inHeading) escaped = escapeLineStart(escaped);
  // A heading's last run of # would be read as its closing sequence.
  if (place.inHeading && place.blockEnd && trailing === "") escaped = escaped.replace(/#$/, "\\#");
  return encodeSpaces(leading) + escaped + encodeSpaces(trailing);
}

/** A code span, or `null` where none can say it: in a cell, `\` before `|` cannot be told from an escape. */
export function codeSpan(source: string, inCell: boolean): string | null {
  const text = plainLine(source);
  if (inCell && text.includes("|") && text.includes("\\")) return null;
  const longest = (text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 0);
  const fence = "`".repeat(longest + 1);
  const padded = /^`|`$|^ .* $/.test(text) && !/^ *$/.test(text) ? ` ${text} ` : text;
  return fence + (inCell ? padded.replaceAll("|", "\\|") : padded) + fence;
}

/** A link's target as it stands between the parentheses. */
export function linkTarget(href: string, title: unknown, inCell: boolean): string {
  const reference = /&(?=#?[A-Za-z0-9]+;)/g;
  const bare =
    /^[\w\-.~:/?#@!$&',;=%+*\u00a1-\u{10ffff}]+$/u.test(href) && !/[\u0080-\u00a0\u2028\u2029]/.test(href);
  const escaped = bare ? href : `<${href.replace(/[\\<>|]/g, (c) => (c === "|" && !inCell ? c : `\\${c}`))}>`;
  const target = escaped.replace(reference, "\\&");
  if (typeof title !== "string" || title === "") return target;
  const quoted = plainLine(title).replace(/[\\"]/g, "\\$&").replace(reference, "\\&");
  return `${target} "${inCell ? quoted.replaceAll("|", "\\|") : quoted}"`;
}
