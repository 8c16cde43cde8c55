import type { Literal } from "mdast";
import type { CompileContext, Extension, Token } from "mdast-util-from-markdown";

interface InlineMath extends Literal {
  type: "inlineMath";
}
interface BlockMath extends Literal {
  type: "blockMath";
}

declare module "mdast" {
  interface PhrasingContentMap {
    inlineMath: InlineMath;
  }
  interface RootContentMap {
    inlineMath: InlineMath;
    blockMath: BlockMath;
  }
}

declare module "mdast-util-from-markdown" {
  interface CompileData {
    inTable?: boolean | undefined;
  }
}

function addText(this: CompileContext, token: Token): void {
  this.config.enter.data?.call(this, token);
  this.config.exit.data?.call(this, token);
}

/** The LaTeX of a formula that stood between `$$` and `$$`: its own lines as they are, else without the space around. */
function ofBlock(raw: string): string {
  const from = raw.startsWith("\n") ? raw.slice(1) : raw.trimStart();
  return raw.endsWith("\n") ? from.replace(/\n$/, "") : from.trimEnd();
}

/** Puts what `mathSyntax.ts` found into the tree, as nodes `inlineMath` and `blockMath`. */
export const mathFromMarkdown: Extension = {
  enter: {
    mathText(token) {
      this.enter({ type: "inlineMath", value: "" }, token);
      this.buffer();
    },
    mathFlow(token) {
      this.enter({ type: "blockMath", value: "" }, token);
      this.buffer();
    },
  },
  exit: {
    mathTextData: addText,
    mathFlowValue: addText,
    mathText(token) {
      const raw = this.resume();
      const node = this.stack.at(-1);
      // A table takes `\|` for a bar that ends no cell, in a formula too.
      const value = this.data.inTable
        ? raw.replace(/\\([\\|])/g, (whole, c) => (c === "|" ? c : whole))
        : raw;
      const line = value.replace(/[ \t]*\n[ \t]*/g, " ");
      if (node?.type === "inlineMath")
        node.value = this.sliceSerialize(token).startsWith("$$") ? line.trim() : line;
      this.exit(token);
    },
    mathFlow(token) {
      const raw = this.resume();
      const node = this.stack.at(-1);
      if (node?.type === "blockMath") node.value = ofBlock(raw);
      this.exit(token);
    },
  },
};
