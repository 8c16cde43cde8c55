const fence = /^ {0,3}(`{3,}|~{3,})[\w+#.-]*[^\S\n]*$/;
const heading = /^#{1,6} \S/;
const item = /^\s{0,8}(?:[-*+]|\d{1,3}[.)]) \S/;
const task = /^\s{0,8}[-*+] \[[ xX]\] \S/;
const quote = /^> ?\S/;
const ruler = /^\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?\s*$/;
const rowOfCells = /^\s*\|.*\|\s*$/;

/** Marks inside a line that nobody writes for another reason; bounded, because a text of brackets alone would take hours. */
const inline = [
  /!?\[[^[\]\n]{0,500}\]\((?:https?:\/\/|mailto:)[^\s()]{1,2000}(?: "[^"\n]{0,500}")?\)/,
  /(?:^|[\s(])\*\*[^\s*](?:[^*\n]{0,500}[^\s*])?\*\*(?=$|[\s).,:;!?])/m,
  /(?:^|[\s(])~~[^\s~](?:[^~\n]{0,500}[^\s~])?~~(?=$|[\s).,:;!?])/m,
  /(?:^|[\s(])`[^`\n]{1,500}`(?=$|[\s).,:;!?])/m,
];

/** Lines as programs, their settings and their reports have them, where `#` and `-` mean something else. */
const foreign = [
  /[;{]\s*$/,
  /^\s*[}\])]+[;,]?\s*$/,
  /^\s*[\w.$"'-]+\s*(?::|=)\s*(?:["'[{\d]|true\b|false\b|null\b|$)/,
  /^\s*[\w.-]+(?::\s+|\s*=\s*)\S+$/,
  /^\s*(?:import|from|export|const|let|var|def|class|function|return|public|private|if|for|while|echo|sudo|set)\b.*[\w)"':]$/,
  /^(?:\+\+\+|---|@@|diff --git|index [0-9a-f]{7})/,
  /^\s*at .+\(.*:\d+\)$/,
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/,
  /^\s*[$%] \w/,
  /^\s*<\/?[a-z][^>]*>\s*$/i,
];

const enough = 200_000;

/**
 * Whether somebody who pastes this text means what its signs say. Better no than yes: what is left as it is can still be
 * formatted, but a script whose comments became headings is spoilt.
 */
export function looksLikeMarkdown(source: string): boolean {
  const text = source.slice(0, enough);
  if (/^#!/.test(text) || /^\s*[{<]/.test(text.replace(/^\s*<!--[\s\S]*?-->/, ""))) return false;
  const all = text.split(/\r\n?|\n/);
  const outside: string[] = [];
  let fences = 0;
  let closing: string | null = null;
  for (const line of all) {
    const sign = fence.exec(line)?.[1];
    if (closing !== null) {
      if (sign?.startsWith(closing)) closing = null;
    } else if (sign !== undefined) {
      closing = sign;
      fences += 1;
    } else if (line.trim() !== "") outside.push(line);
  }
  if (fences > 0 && closing === null) return true;
  const count = (pattern: RegExp) => outside.filter((line) => pattern.test(line)).length;
  const isForeign = (line: string) => foreign.some((pattern) => pattern.test(line));
  const marked = (line: string) => heading.test(line) || quote.test(line) || ruler.test(line);
  const strange = outside.filter((line) => !marked(line) && !item.test(line) && isForeign(line)).length;
  if (outside.length > 1 && strange / outside.length > 0.25) return false;
  if (outside.some((line, at) => ruler.test(line) && rowOfCells.test(outside[at - 1] ?? ""))) return true;
  if (count(task) > 0) return true;
  const items = count(item);
  if (items >= 2 && items / outside.length >= 0.2) return true;
  const headings = count(heading);
  if (headings > 0 && (outside.length === 1 || headings < outside.length || count(/^#{2,6} /) > 0))
    return true;
  const quotes = count(quote);
  if (quotes >= 2 && quotes < outside.length) return true;
  return inline.some((pattern) => pattern.test(outside.join("\n")));
}
