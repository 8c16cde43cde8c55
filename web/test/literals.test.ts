import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";
import { expect, test } from "vitest";

type Node = { readonly type: string; readonly [name: string]: unknown };

const source = join(dirname(fileURLToPath(import.meta.url)), "../src");

/** Attributes that are read out or shown. */
const spoken = new Set([
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
  "title",
  "placeholder",
  "alt",
  "label",
  "hint",
]);
/** Properties and calls by which the same is set on an element without JSX. */
const assigned = new Set(["ariaLabel", "title", "placeholder", "alt", "textContent", "innerText"]);

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

/** Two letters beside each other: signs, numbers and the name of a key are no language. */
const isText = (value: unknown): value is string => typeof value === "string" && /\p{L}{2}/u.test(value);

/** What an expression can be, as far as it is written down there. */
function literals(value: unknown): string[] {
  if (!isNode(value)) return [];
  if (value.type === "Literal") return isText(value.value) ? [value.value] : [];
  if (value.type === "TemplateLiteral")
    return (value.quasis as readonly { readonly value: { readonly cooked: string } }[])
      .map((quasi) => quasi.value.cooked)
      .filter(isText);
  if (value.type === "ConditionalExpression")
    return [...literals(value.consequent), ...literals(value.alternate)];
  if (value.type === "LogicalExpression") return [...literals(value.left), ...literals(value.right)];
  if (value.type === "JSXExpressionContainer") return literals(value.expression);
  return [];
}

function nameOf(value: unknown): string {
  if (!isNode(value)) return "";
  if (value.type === "Literal") return String(value.value);
  return typeof value.name === "string" ? value.name : "";
}

/** `toast` for `toast("…")` and `toast.error("…")`. */
function saying(callee: unknown): string {
  return isNode(callee) && callee.type === "MemberExpression" ? nameOf(callee.object) : nameOf(callee);
}

/** Texts that stand in a program instead of a catalogue. */
function strayTexts(program: unknown): string[] {
  if (Array.isArray(program)) return program.flatMap(strayTexts);
  if (!isNode(program)) return [];
  const found: string[] = [];
  if (program.type === "JSXText" && isText(program.value)) found.push(program.value.trim());
  if (program.type === "JSXElement" || program.type === "JSXFragment")
    for (const child of program.children as readonly Node[])
      if (child.type === "JSXExpressionContainer") found.push(...literals(child));
  if (program.type === "JSXAttribute" && spoken.has(nameOf(program.name)))
    found.push(...literals(program.value));
  if (
    program.type === "AssignmentExpression" &&
    isNode(program.left) &&
    program.left.type === "MemberExpression"
  )
    if (assigned.has(nameOf(program.left.property))) found.push(...literals(program.right));
  if (
    program.type === "CallExpression" &&
    isNode(program.callee) &&
    program.callee.type === "MemberExpression"
  ) {
    const [first, second] = program.arguments as readonly unknown[];
    if (nameOf(program.callee.property) === "setAttribute" && spoken.has(nameOf(first)))
      found.push(...literals(second));
  }
  if (program.type === "CallExpression" && /^(toast|announce)$/.test(saying(program.callee)))
    found.push(...literals((program.arguments as readonly unknown[])[0]));
  return [...found, ...Object.values(program).flatMap(strayTexts)];
}

const parsed = (code: string): unknown => parseAst(code, { lang: "tsx" });

test("a text is seen wherever it could be shown or read out", () => {
  expect(strayTexts(parsed(`<p>Hello <b>{x}</b></p>`))).toEqual(["Hello"]);
  expect(strayTexts(parsed("<p>{open ? `Open it` : t.close}</p>"))).toEqual(["Open it"]);
  expect(strayTexts(parsed(`<a aria-label="Go" title={t.go} />`))).toEqual(["Go"]);
  expect(strayTexts(parsed(`button.ariaLabel = "Go"; button.setAttribute("title", "There")`))).toEqual([
    "Go",
    "There",
  ]);
  expect(strayTexts(parsed(`announce("Done"); toast.error("Not done")`))).toEqual(["Done", "Not done"]);
  expect(strayTexts(parsed(`<p className="flex">{t.text} + 1 ×</p>`))).toEqual([]);
});

test("every text that a person can read stands in a catalogue", () => {
  const stray = globSync("**/*.{ts,tsx}", { cwd: source })
    .filter((file) => !/(?:^|\/)\w*[tT]ext\.ts$|^i18n\//.test(file))
    .flatMap((file) =>
      strayTexts(
        parseAst(readFileSync(join(source, file), "utf8"), { lang: file.endsWith("x") ? "tsx" : "ts" }),
      ).map((text) => `${file}: ${text}`),
    );
  expect(stray).toEqual([]);
});
