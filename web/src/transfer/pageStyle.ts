import { calloutInks, grounds, inks } from "./palette.ts";

const rules = (table: Readonly<Record<string, string>>, rule: (name: string, color: string) => string) =>
  Object.entries(table)
    .map(([name, color]) => rule(name, `#${color}`))
    .join("\n");

/** How an exported page looks: by itself, without a font or anything else from elsewhere, on screen and on paper. */
export const pageStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1e1b17; font: 17px/1.6 Georgia, "Iowan Old Style", serif; overflow-wrap: break-word; }
main { max-width: 44rem; margin: 0 auto; padding: 3rem 1.25rem 6rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.5em 0 0.45em; break-after: avoid; }
h1 { font-size: 1.65em; } h2 { font-size: 1.35em; } h3 { font-size: 1.15em; } h4, h5, h6 { font-size: 1em; }
h1.title { font-size: 2.2em; margin-top: 0; }
p, ul, ol, pre, table, blockquote, figure, details { margin: 0 0 0.8em; }
li > p, td > p, th > p { margin: 0 0 0.3em; }
li > :is(ul, ol) { margin: 0; }
a { color: #0f6b5c; }
code { padding: 0.1em 0.3em; border-radius: 3px; background: #f4f1ea; font: 0.84em ui-monospace, Consolas, Menlo, monospace; }
pre { padding: 0.9em 1.1em; border: 1px solid #e6e1d7; border-radius: 6px; background: #f4f1ea; white-space: pre-wrap; }
pre code { padding: 0; background: none; }
blockquote { padding-inline-start: 1.1em; border-inline-start: 3px solid #e6e1d7; color: #575147; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.4em 0.65em; border: 1px solid #d8d2c6; text-align: start; vertical-align: top; }
th { background: #f4f1ea; }
hr { border: 0; border-top: 1px solid #d8d2c6; margin: 1.6em 0; }
img { max-width: 100%; height: auto; }
img:not([data-align]), img[data-align="center"], figure img { display: block; margin-inline: auto; }
img[data-align="right"] { display: block; margin-inline-start: auto; }
figure { margin-inline: 0; } figcaption { text-align: center; color: #575147; font-size: 0.88em; }
mark { background: #${grounds.yellow}; color: inherit; }
ul[data-type="taskList"] { list-style: none; padding-inline-start: 0.2em; }
ul[data-type="taskList"] > li { display: flex; gap: 0.55em; }
ul[data-type="taskList"] > li > div { flex: 1; }
summary { font-weight: 600; cursor: pointer; }
details > :not(summary) { margin-inline-start: 1.1em; }
[data-type="block-math"] { margin: 1em 0; text-align: center; overflow-x: auto; }
[data-type="mention"] { font-weight: 600; }
[data-type="callout"] { margin: 0 0 0.8em; padding: 0.7em 1em 0.1em; border-inline-start: 4px solid; border-radius: 0 6px 6px 0; background: #f7f6f3; }
${rules(calloutInks, (name, color) => `[data-type="callout"][data-kind="${name}"] { border-color: ${color}; }`)}
${rules(inks, (name, color) => `span[data-color="${name}"] { color: ${color}; }`)}
${rules(grounds, (name, color) => `mark[data-color="${name}"], [data-tint="${name}"] { background: ${color}; }`)}
@media print {
  @page { margin: 20mm 18mm; }
  body { font-size: 11pt; } main { max-width: none; padding: 0; }
  pre, tr, figure, img, [data-type="callout"] { break-inside: avoid; }
}
`.trim();
