import type {
  Code,
  Construct,
  Effects,
  Extension,
  State,
  Token,
  TokenizeContext,
} from "micromark-util-types";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    mathFlow: "mathFlow";
    mathFlowFence: "mathFlowFence";
    mathFlowValue: "mathFlowValue";
    mathText: "mathText";
    mathTextData: "mathTextData";
    mathTextSequence: "mathTextSequence";
  }
}

const DOLLAR = 36;
const BACKSLASH = 92;

function isLineEnd(code: Code): boolean {
  return code === null || code < -2;
}

function isBlank(code: Code): boolean {
  return code === null || code < 0 || /\s/.test(String.fromCharCode(code));
}

function isDigit(code: Code): boolean {
  return code !== null && code >= 48 && code <= 57;
}

/**
 * `$x$` in a line. As in Pandoc, so that prices are no formulas: no space after the opening sign or before the closing one,
 * no digit behind the closing one, and no other sign between them. `$$x$$` in a line is the same with room for spaces.
 */
export const mathText: Construct = {
  name: "mathText",
  previous(code) {
    return code !== DOLLAR || this.events.at(-1)?.[1].type === "characterEscape";
  },
  tokenize(effects, ok, nok) {
    let size = 0;
    let closing = 0;
    let afterSpace = false;
    let isEmpty = true;
    let sequence: Token | undefined;
    return start;

    function start(code: Code): State | undefined {
      effects.enter("mathText");
      effects.enter("mathTextSequence");
      return open(code);
    }
    function open(code: Code): State | undefined {
      if (code === DOLLAR) {
        effects.consume(code);
        size++;
        return open;
      }
      effects.exit("mathTextSequence");
      return size > 2 || (size === 1 && isBlank(code)) ? nok(code) : between(code);
    }
    function between(code: Code): State | undefined {
      if (code === null) return nok(code);
      if (code === DOLLAR) {
        sequence = effects.enter("mathTextSequence");
        closing = 0;
        return close(code);
      }
      if (isLineEnd(code)) {
        afterSpace = true;
        effects.enter("lineEnding");
        effects.consume(code);
        effects.exit("lineEnding");
        return between;
      }
      effects.enter("mathTextData");
      return data(code);
    }
    function data(code: Code): State | undefined {
      if (code === DOLLAR || isLineEnd(code)) {
        effects.exit("mathTextData");
        return between(code);
      }
      afterSpace = isBlank(code);
      if (!afterSpace) isEmpty = false;
      effects.consume(code);
      return code === BACKSLASH ? escaped : data;
    }
    function escaped(code: Code): State | undefined {
      if (isLineEnd(code)) return data(code);
      afterSpace = false;
      effects.consume(code);
      return data;
    }
    function close(code: Code): State | undefined {
      if (code === DOLLAR) {
        effects.consume(code);
        closing++;
        return close;
      }
      const closes = closing === size && !isEmpty && (size === 2 || !(afterSpace || isDigit(code)));
      if (closes) {
        effects.exit("mathTextSequence");
        effects.exit("mathText");
        return ok(code);
      }
      // No formula holds a bare sign: "$5 and $6, not $x$" has one formula.
      if (size === 1) return nok(code);
      if (sequence !== undefined) sequence.type = "mathTextData";
      effects.exit("mathTextData");
      afterSpace = false;
      isEmpty = false;
      return between(code);
    }
  },
};

/** What the lines of a whole text say about formulas between them; a line that opens one without an end is just text. */
class Lines {
  readonly #lines: readonly string[];
  /** For each line the next one that ends with `$$`, and the next blank one. */
  readonly #closing: readonly number[];
  readonly #blank: readonly number[];

  constructor(markdown: string) {
    this.#lines = markdown.split("\n");
    const closing: number[] = [];
    const blank: number[] = [];
    let [nextClosing, nextBlank] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let at = this.#lines.length - 1; at >= 0; at--) {
      [closing[at], blank[at]] = [nextClosing, nextBlank];
      const line = this.#lines[at] ?? "";
      if (/\$\$[ \t]*$/.test(line.slice(-100))) nextClosing = at;
      if (/^[ \t>]*$/.test(line)) nextBlank = at;
    }
    this.#closing = closing;
    this.#blank = blank;
  }

  /** Whether a formula that begins with the `$$` there ends somewhere. Both count from 1. */
  closes(line: number, column: number): boolean {
    const rest = (this.#lines[line - 1] ?? "").slice(column - 1 + 2).trimEnd();
    const end = this.#closing[line - 1] ?? Number.POSITIVE_INFINITY;
    if (rest === "") return end !== Number.POSITIVE_INFINITY;
    if (rest.startsWith("$")) return false;
    const at = rest.indexOf("$$");
    if (at >= 0) return at > 0 && at === rest.length - 2;
    return end < (this.#blank[line - 1] ?? Number.POSITIVE_INFINITY);
  }
}

/** `$$` on a line of its own opens and closes; also `$$ x $$`, and lines between that begin and end with it. */
function mathFlow(lines: Lines): Construct {
  const lineEnd: Construct = { partial: true, tokenize: tokenizeLineEnd };
  const closingFence: Construct = { partial: true, tokenize: tokenizeClosingFence };
  return {
    name: "mathFlow",
    concrete: true,
    tokenize(effects, ok, nok) {
      const self = this;
      const tail = self.events.at(-1);
      const indent = tail?.[1].type === "linePrefix" ? tail[2].sliceSerialize(tail[1], true).length : 0;
      const { line, column } = self.now();
      return start;

      function start(code: Code): State | undefined {
        if (!lines.closes(line, column)) return nok(code);
        effects.enter("mathFlow");
        effects.enter("mathFlowFence");
        effects.consume(code);
        return second;
      }
      function second(code: Code): State | undefined {
        if (code !== DOLLAR) return nok(code);
        effects.consume(code);
        return opened;
      }
      function opened(code: Code): State | undefined {
        if (code === 32 || code === -1 || code === -2) {
          effects.consume(code);
          return opened;
        }
        effects.exit("mathFlowFence");
        return self.interrupt ? ok(code) : between(code);
      }
      function between(code: Code): State | undefined {
        if (code === null) return end(code);
        if (isLineEnd(code)) return effects.check(lineEnd, nextLine, end)(code);
        if (code === DOLLAR) return effects.attempt(closingFence, end, text)(code);
        return text(code);
      }
      function text(code: Code): State | undefined {
        effects.enter("mathFlowValue");
        effects.consume(code);
        return code === BACKSLASH ? escaped : value;
      }
      function value(code: Code): State | undefined {
        if (code === DOLLAR || isLineEnd(code)) {
          effects.exit("mathFlowValue");
          return between(code);
        }
        effects.consume(code);
        return code === BACKSLASH ? escaped : value;
      }
      function escaped(code: Code): State | undefined {
        if (isLineEnd(code)) return value(code);
        effects.consume(code);
        return value;
      }
      function nextLine(code: Code): State | undefined {
        effects.enter("lineEnding");
        effects.consume(code);
        effects.exit("lineEnding");
        return prefixed(effects, between, indent);
      }
      function end(code: Code): State | undefined {
        effects.exit("mathFlow");
        return ok(code);
      }
    },
  };
}

/** Skips as much white space as stood before the opening sign. */
function prefixed(effects: Effects, then: State, size: number): State {
  let left = size;
  return function begin(code: Code): State | undefined {
    if (left === 0 || !(code === 32 || code === -1 || code === -2)) return then(code);
    effects.enter("linePrefix");
    return rest(code);
  };
  function rest(code: Code): State | undefined {
    if (left === 0 || !(code === 32 || code === -1 || code === -2)) {
      effects.exit("linePrefix");
      return then(code);
    }
    left--;
    effects.consume(code);
    return rest;
  }
}

function tokenizeLineEnd(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  return (code) => {
    effects.enter("lineEnding");
    effects.consume(code);
    effects.exit("lineEnding");
    return (next: Code) => (this.parser.lazy[this.now().line] ? nok(next) : ok(next));
  };
}

function tokenizeClosingFence(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  return (code) => {
    effects.enter("mathFlowFence");
    effects.consume(code);
    return second;
  };
  function second(code: Code): State | undefined {
    if (code !== DOLLAR) return nok(code);
    effects.consume(code);
    return space;
  }
  function space(code: Code): State | undefined {
    if (code === 32 || code === -1 || code === -2) {
      effects.consume(code);
      return space;
    }
    if (!isLineEnd(code)) return nok(code);
    effects.exit("mathFlowFence");
    return ok(code);
  }
}

/** Formulas standing alone, for the text that is parsed: whether one is closed is looked up there. */
export function mathBlocks(markdown: string): Extension {
  return { flow: { [DOLLAR]: mathFlow(new Lines(markdown)) } };
}
