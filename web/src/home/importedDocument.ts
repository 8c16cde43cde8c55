export type Imported = { readonly title: string; readonly markdown: string };

const frontHeading = /^\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\r?\n|$)/;
const maxTitle = 200;

function plain(heading: string): string {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`~]+/g, "")
    .trim();
}

/** A leading `# heading` becomes the title and leaves the text, where it would stand twice. */
export function importedDocument(fileName: string, source: string): Imported {
  const markdown = source.replace(/^\uFEFF/, "");
  const heading = frontHeading.exec(markdown);
  const title = heading?.[1] === undefined ? "" : plain(heading[1]);
  if (heading !== null && title !== "")
    return { title: title.slice(0, maxTitle), markdown: markdown.slice(heading[0].length) };
  const anyHeading = /^#[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(markdown)?.[1];
  const fromName = fileName.replace(/\.(md|markdown|mdown|txt)$/i, "").trim();
  return { title: (plain(anyHeading ?? "") || fromName).slice(0, maxTitle), markdown };
}
