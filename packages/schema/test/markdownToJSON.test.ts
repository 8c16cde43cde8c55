import { expect, test } from "vitest";
import {
  checkJSON,
  type JSONNode,
  jsonToHTML,
  jsonToMarkdown,
  jsonToText,
  markdownToJSON,
} from "../src/index.ts";

const p = (...content: JSONNode[]): JSONNode => ({ type: "paragraph", content });
const t = (text: string, ...types: string[]): JSONNode =>
  types.length > 0 ? { type: "text", text, marks: types.map((type) => ({ type })) } : { type: "text", text };
const link = (text: string, href: string): JSONNode => ({
  type: "text",
  text,
  marks: [{ type: "link", attrs: { href } }],
});

test.each<[string, JSONNode[]]>([
  ["~~a~~ b", [p(t("a", "strike"), t(" b"))]],
  ["**a _b_**", [p(t("a ", "bold"), t("b", "bold", "italic"))]],
  [
    "see www.a.org, https://b.org/x. or me@c.org",
    [
      p(
        t("see "),
        link("www.a.org", "http://www.a.org"),
        t(", "),
        link("https://b.org/x", "https://b.org/x"),
        t(". or "),
        link("me@c.org", "mailto:me@c.org"),
      ),
    ],
  ],
  ["[a][1]\n\n[1]: https://b.org", [p(link("a", "https://b.org"))]],
  ["![alt](http://b.org/i.png)", [p(link("alt", "http://b.org/i.png"))]],
  ["[a](javascript:alert(1)) [b](/c) <data:text/html,x>", [p(t("a b data:text/html,x"))]],
  ["a  \nb\\\nc\nd", [p(t("a"), { type: "hardBreak" }, t("b"), { type: "hardBreak" }, t("c d"))]],
  ["&copy; &lt;b&gt; &#x41;", [p(t("© <b> A"))]],
  [
    "H<sub>2</sub>O <u>x</u> <mark>y</mark> <kbd>k</kbd> <b>z",
    [
      p(
        t("H"),
        t("2", "subscript"),
        t("O "),
        t("x", "underline"),
        t(" "),
        t("y", "highlight"),
        t(" "),
        t("k", "code"),
        t(" "),
        t("z", "bold"),
      ),
    ],
  ],
  [
    '<a href="https://b.org/?a=1&amp;b">x</a> <a href="javascript:x">y</a>',
    [p(link("x", "https://b.org/?a=1&b"), t(" y"))],
  ],
  ["Map<K, V> and <T>", [p(t("Map<K, V> and <T>"))]],
  [
    "<!-- gone\n\nentirely -->\n\n<div align='center'>\n<p>Hello <em>you</em> &amp; me</p>\n</div>",
    [p(t(" Hello "), t("you", "italic"), t(" & me "))],
  ],
  ["<script>alert(1)\n\n</script>\n\nafter", [p(t("after"))]],
])("%j", (markdown, content) => {
  const json = markdownToJSON(markdown);
  expect(json).toEqual({ type: "doc", content });
  expect(checkJSON(json)).toEqual({ ok: true });
});

test("mixed lists become a list for each kind, numbers go on", () => {
  const json = markdownToJSON("- a\n- [x] b\n- c\n\n3. d\n   1. e\n4. f");
  expect(json.content?.map((node) => [node.type, node.attrs ?? null])).toEqual([
    ["bulletList", null],
    ["taskList", null],
    ["bulletList", null],
    ["orderedList", { start: 3 }],
  ]);
});

test("ragged table rows are made even", () => {
  const json = markdownToJSON("| a | b |\n|:-:|---|\n| 1 |\n| 1 | 2 | 3 |");
  expect(checkJSON(json)).toEqual({ ok: true });
  expect(json.content?.[0]?.content?.map((row) => row.content?.length)).toEqual([2, 2, 2]);
  expect(jsonToText(json)).toBe("a\tb\n1\t\n1\t2");
});

const hostile = (unit: string): string => unit.repeat(Math.ceil(60_000 / unit.length));

// Without its bounds the parser takes from ten seconds to minutes for several of these.
test.each([
  ["quotes", hostile(">")],
  ["quotes in lists", hostile("> - 1. ")],
  ["quotes on every line", hostile(`${"> ".repeat(79)}a\n`)],
  ["emphasis", hostile("*_")],
  ["closing emphasis", hostile("a* ")],
  ["strikes", hostile("~~a")],
  ["brackets", hostile("[")],
  ["references", hostile("[a]")],
  ["images", hostile("![")],
  ["links", hostile("[a](")],
  ["code", hostile("`a``b```c")],
  ["tags", hostile("<a ")],
  ["open tags", hostile("<u>")],
  ["instructions", hostile("<?")],
  ["comments", hostile("a <!--")],
  ["cells", `${"|a".repeat(500)}\n${"|-".repeat(500)}\n${"|b\n".repeat(200)}`],
  ["rows", `|a|b|\n|-|-|\n${hostile("|a|b|\n")}`],
  ["quotes apart", hostile("> a\n\n")],
  ["lists apart", hostile("- a\n\nb\n\n")],
  ["escapes", hostile("a \\[ b ")],
  ["alerts", hostile("> [!NOTE]\n")],
  ["alerts apart", hostile("> [!NOTE]\n\n")],
  ["dollars", hostile("$")],
  ["opening dollars", hostile("$a ")],
  ["formulas", hostile("a $x$ ")],
  ["double dollars", hostile("a $$ b ")],
  ["dollar lines", hostile("$$\n")],
  ["dollar lines with text", hostile("$$ a\n")],
  ["dollar lines in lists", hostile("- $$\n")],
  ["toggles", hostile("<details>")],
  ["toggles in each other", hostile("<details>\n\n")],
  ["toggles with summaries", hostile("<details><summary>x</summary>\n\n")],
  ["unclosed toggles", hostile("<details ")],
  ["summaries", hostile("<summary>")],
  ["formula tags", hostile('<div data-type="block-math">')],
  ["mention tags", hostile('<span data-type="mention" data-id="a">')],
  ["pictures", hostile("![](https://a.b/c)")],
  ["pictures in labels", hostile("![a](")],
  ["formulas in labels", hostile("[$a](")],
  ["files", hostile("[a](asset:0123456789abcdef)<!-- file -->")],
  ["breaks", hostile("a\\\n")],
  ["NUL and lone surrogates", "\0 \ud800 \udc00\ud800"],
])(
  "[SC23] hostile %s are read as a valid document and written again in a time that grows with their length",
  (_name, markdown) => {
    const quarter = costOf(markdown.slice(0, markdown.length / 4));
    const whole = costOf(markdown);
    // Four times as much is four times as long; what is quadratic takes sixteen. Below, the noise of the machine would decide.
    for (const part of ["reading", "writing"] as const)
      expect(whole[part], part).toBeLessThan(11 * Math.max(quarter[part], 400));
  },
);

/** Milliseconds of CPU: on a busy machine the clock says nothing about the parser. */
function costOf(markdown: string): { readonly reading: number; readonly writing: number } {
  const begun = process.cpuUsage();
  const json = markdownToJSON(markdown);
  const reading = process.cpuUsage(begun).user / 1000;
  expect(checkJSON(json)).toEqual({ ok: true });
  const written = process.cpuUsage();
  for (const write of [jsonToHTML, jsonToMarkdown, jsonToText]) expect(typeof write(json)).toBe("string");
  return { reading, writing: process.cpuUsage(written).user / 1000 };
}
