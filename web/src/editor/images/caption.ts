import type { Node } from "@tiptap/pm/model";
import { imagesText } from "./text.ts";

const textOf = (node: Node) => (typeof node.attrs.caption === "string" ? node.attrs.caption : "");

/** The line below a picture: written where it stands by those who may, else only shown. */
export class Caption {
  readonly dom: HTMLTextAreaElement | HTMLElement;
  readonly #isEditable: boolean;
  readonly #onChange: (caption: string | null) => void;

  /** @param onLeave Escape or Enter: the text goes on */
  constructor(
    node: Node,
    isEditable: boolean,
    onChange: (caption: string | null) => void,
    onLeave: () => void,
  ) {
    this.#isEditable = isEditable;
    this.#onChange = onChange;
    this.dom = document.createElement(isEditable ? "textarea" : "figcaption");
    this.dom.className = "picture-caption";
    if (this.dom instanceof HTMLTextAreaElement) this.#listen(this.dom, onLeave);
    this.show(node);
  }

  show(node: Node): void {
    const caption = textOf(node);
    if (this.dom instanceof HTMLTextAreaElement) {
      // what somebody is writing right now is not taken from under their hands
      if (document.activeElement !== this.dom) this.dom.value = caption;
      this.#fit();
    } else this.dom.textContent = caption;
    this.dom.dataset.empty = String(caption === "");
  }

  #listen(field: HTMLTextAreaElement, onLeave: () => void): void {
    field.rows = 1;
    field.maxLength = 1_000;
    field.placeholder = imagesText.captionPlaceholder;
    field.setAttribute("aria-label", imagesText.caption);
    field.addEventListener("input", () => this.#fit());
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      this.#keep();
      onLeave();
    });
    field.addEventListener("blur", () => this.#keep());
  }

  #keep(): void {
    if (!this.#isEditable || !(this.dom instanceof HTMLTextAreaElement)) return;
    const caption = this.dom.value.replace(/\s+/g, " ").trim();
    this.#onChange(caption === "" ? null : caption);
  }

  #fit(): void {
    this.dom.style.height = "auto";
    if (this.dom.scrollHeight > 0) this.dom.style.height = `${this.dom.scrollHeight}px`;
  }
}
