import { attention, htmlText, labelEnd, labelStartImage, labelStartLink } from "micromark-core-commonmark";
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import type { Code, Construct, Extension, State, Token, TokenizeContext } from "micromark-util-types";
import { mathText } from "./mathSyntax.ts";

/**
 * Delimiters of one kind in one paragraph, heading or cell. The parser pairs them in quadratic time: 40 kB of "*_*_…" took it
 * 40 seconds. No text a person wrote comes near; what exceeds it stays as literal characters.
 */
const maxDelimiters = 1000;

/** Characters per paragraph that may be read in vain looking for the end of a tag: each "<?" looks to the paragraph's end. */
const maxWasted = 100_000;

/**
 * Characters per paragraph at which a bare address is looked for. Each ends a piece of text that the parser joins again later, at
 * the cost of moving all that follows.
 */
const maxAutolinkCharacters = 20_000;

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

/** Where in a paragraph a bracket stands open: behind it no bare address becomes a link. */
const openLabels = new WeakMap<TokenizeContext, { readonly at: number; readonly token: Token }>();

/** The parser looks back through the whole paragraph for that at each word; what was found there is still there at the next. */
function hasOpenLabel(context: TokenizeContext): boolean {
  const { events } = context;
  const known = openLabels.get(context);
  if (known !== undefined && events[known.at]?.[1] === known.token && !known.token._balanced) return true;
  for (let at = events.length - 1; at >= 0; at--) {
    const token = events[at]?.[1];
    if (token === undefined || token._gfmAutolinkLiteralWalkedInto) return false;
    if ((token.type === "labelLink" || token.type === "labelImage") && !token._balanced) {
      openLabels.set(context, { at, token });
      return true;
    }
  }
  return false;
}

function outsideLabels(construct: Construct): Construct {
  const asked = new WeakMap<TokenizeContext, number>();
  return {
    ...construct,
    previous(code) {
      const count = (asked.get(this) ?? 0) + 1;
      asked.set(this, count);
      return count <= maxAutolinkCharacters && (construct.previous?.call(this, code) ?? true);
    },
    tokenize(effects, ok, nok) {
      const inWord = this.previous !== null && /[A-Za-z]/.test(String.fromCharCode(this.previous));
      return inWord || hasOpenLabel(this) ? nok : construct.tokenize.call(this, effects, ok, nok);
    },
  };
}

/** GFM's bare addresses, at a cost that does not grow with what stands before them. */
function boundedAutolinks(): Extension {
  const { text, ...rest } = gfmAutolinkLiteral();
  const bounded = Object.entries(text ?? {}).map(([code, constructs]) => [
    code,
    [constructs ?? []].flat().map(outsideLabels),
  ]);
  return { ...rest, text: Object.fromEntries(bounded) as NonNullable<Extension["text"]> };
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
        36: counted(metered(mathText)),
        42: emphasis,
        60: metered(htmlText),
        91: counted(labelStartLink),
        93: counted(labelEnd),
        95: emphasis,
      },
      disable: { null: ["attention", "htmlText", "labelStartImage", "labelStartLink", "labelEnd"] },
    },
    { ...strikethrough, text: { 126: counted(tilde) } },
    boundedAutolinks(),
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
