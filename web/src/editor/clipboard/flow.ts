/** What a line of text is written as, and how. */
export interface LineKind {
  readonly tag: string;
  readonly align: string | null;
  readonly dir: string | null;
}

/** White space that is no text; a no-break space alone in a paragraph is how programs keep an empty one open. */
const nothing = /^[\s\u00a0\u200b\ufeff]*$/;

/**
 * Writes blocks one after the other into an element of the output. Words gather in a line until a block, or the end of
 * the one they stood in, ends it: so text is never a block's neighbour without one of its own.
 */
export class Flow {
  readonly out: HTMLElement;
  #kind: LineKind;
  #line: HTMLElement | null = null;
  #breaks = 0;

  constructor(out: HTMLElement, kind: LineKind = { tag: "p", align: null, dir: null }) {
    this.out = out;
    this.#kind = kind;
  }

  get kind(): LineKind {
    return this.#kind;
  }

  get isOpen(): boolean {
    return this.#line !== null;
  }

  /** Ends the line; the following ones are of this kind. */
  turn(kind: LineKind): void {
    this.end();
    this.#kind = kind;
  }

  inline(node: Node): void {
    if (this.#breaks > 1) this.end();
    if (this.#breaks === 1) this.#line?.append(this.out.ownerDocument.createElement("br"));
    this.#breaks = 0;
    this.#line ??= this.#open();
    this.#line.append(node);
  }

  break(): void {
    if (this.#line === null) this.blank();
    else this.#breaks += 1;
  }

  block(element: HTMLElement): void {
    this.end();
    this.out.append(element);
  }

  /** An empty line. */
  blank(): void {
    this.end();
    if (this.#kind.tag === "p") this.out.append(this.out.ownerDocument.createElement("p"));
  }

  end(): void {
    const line = this.#line;
    this.#line = null;
    this.#breaks = 0;
    if (line === null) return;
    const isEmpty = nothing.test(line.textContent) && line.querySelector("[data-type]") === null;
    if (!isEmpty) this.out.append(line);
    else if (line.textContent.includes("\u00a0")) this.blank();
  }

  #open(): HTMLElement {
    const { tag, align, dir } = this.#kind;
    const line = this.out.ownerDocument.createElement(tag);
    if (align !== null) line.setAttribute("style", `text-align: ${align}`);
    if (dir !== null) line.setAttribute("dir", dir);
    return line;
  }
}
