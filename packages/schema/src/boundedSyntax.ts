import { attention, htmlText, labelEnd, labelStartImage, labelStartLink } from "micromark-core-commonmark";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import type { Code, Construct, Extension, State, TokenizeContext } from "micromark-util-types";
import { mathText } from "./mathSyntax.ts";

/**
 * Delimiters of one kind in one paragraph, heading or cell. The parser pairs them in quadratic time: 40 kB of "*_*_…" took it
 * 40 seconds. No text a person wrote comes near; what exceeds it stays as literal characters.
 */
const maxDelimiters = 1000;

/** Characters per paragraph that may be read in vain looking for the end of a tag: each "<?" looks to the paragraph's end. */
const maxWasted = 100_000;

/** Quotes and lists that may open on one line. */
const maxContainersPerLine = 80;

function counted(construct: Construct): Construct {
  const seen = new WeakMap<TokenizeContext, number>();
  return {
    ...construct,
    name: `counted ${construct.name}`,
    tokenize(effects, ok, nok) {
      const count = (seen.get(this) ?? 0) + 1;
      seen.set(this, count);
      return count > maxDelimiters ? nok : construct.tokenize.call(this, effects, ok, nok);
    },
  };
}

function metered(construct: Construct): Construct {
  const wasted = new WeakMap<TokenizeContext, number>();
  return {
    ...construct,
    name: `metered ${construct.name}`,
    tokenize(effects, ok, nok) {
      const from = this.now().offset;
      const fail = (code: Code): State | undefined => {
        wasted.set(this, (wasted.get(this) ?? 0) + this.now().offset - from);
        return nok(code);
      };
      return (wasted.get(this) ?? 0) > maxWasted ? nok : construct.tokenize.call(this, effects, ok, fail);
    },
  };
}

/** Replaces the constructs whose cost is not linear by ones that give up: Markdown is imported from anybody. */
export function boundedSyntax(): Extension[] {
  const strikethrough = gfmStrikethrough();
  const tilde = strikethrough.text?.[126] as Construct;
  const emphasis = counted(attention);
  return [
    {
      text: {
        33: counted(labelStartImage),
        36: metered(mathText),
        42: emphasis,
        60: metered(htmlText),
        91: counted(labelStartLink),
        93: counted(labelEnd),
        95: emphasis,
      },
      disable: { null: ["attention", "htmlText", "labelStartImage", "labelStartLink", "labelEnd"] },
    },
    { ...strikethrough, text: { 126: counted(tilde) } },
  ];
}

/** Nothing but tags and character references; the rest of Markdown is text. */
export function onlyTags(): Extension {
  const blocks =
    "blockQuote codeFenced codeIndented definition headingAtx htmlFlow list setextUnderline thematicBreak";
  const inlines =
    "attention autolink characterEscape codeText hardBreakEscape labelEnd labelStartImage labelStartLink";
  return {
    text: { 60: metered(htmlText) },
    disable: { null: [...`${blocks} ${inlines}`.split(" "), "htmlText"] },
  };
}

/** Makes text of the markers that open more quotes and lists on one line than any author does. */
export function boundContainers(markdown: string): string {
  const marker = String.raw`[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))`;
  return markdown.replace(
    new RegExp(`^((?:${marker}){${maxContainersPerLine}})(?=${marker})[ \\t]*`, "gm"),
    "$1 \\",
  );
}
