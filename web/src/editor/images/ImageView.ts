import { assetIdOf, imageAlignment, imageRatio, imageWidth, isSafeImageSource } from "@palimpsest/schema";
import type { Node } from "@tiptap/pm/model";
import { NodeSelection } from "@tiptap/pm/state";
import type { EditorView, NodeView } from "@tiptap/pm/view";
import { Caption } from "./caption.ts";
import { resizeHandles } from "./resizing.ts";
import { imagesText } from "./text.ts";

/** Addresses on other computers that this person has asked to see, until the page is left. */
const asked = new Set<string>();

/** A picture of the document. Of others' computers nothing is loaded before somebody asks for it. */
export class ImageView implements NodeView {
  readonly dom = document.createElement("figure");
  readonly #frame = document.createElement("div");
  readonly #picture = document.createElement("img");
  #caption: Caption;
  readonly #view: EditorView;
  readonly #getPos: () => number | undefined;
  readonly #addressOf: (assetId: string) => string | null;
  readonly #drawn: Set<ImageView>;
  #node: Node;

  /** @param drawn all that are there */
  constructor(
    node: Node,
    view: EditorView,
    getPos: () => number | undefined,
    addressOf: (assetId: string) => string | null,
    drawn: Set<ImageView>,
  ) {
    this.#drawn = drawn.add(this);
    this.#node = node;
    this.#view = view;
    this.#getPos = getPos;
    this.#addressOf = addressOf;
    this.dom.className = "picture";
    this.dom.contentEditable = "false";
    this.#frame.className = "picture-frame";
    this.#picture.loading = "lazy";
    this.#picture.decoding = "async";
    this.#picture.draggable = false;
    this.#picture.addEventListener("error", () =>
      this.#tell(imagesText.broken, imagesText.again, () => this.#show()),
    );
    this.#caption = this.#newCaption();
    this.dom.append(this.#frame, this.#caption.dom);
    this.#show();
  }

  /** Whoever reads may from now on write, or the other way round. */
  mayWriteChanged(): void {
    const caption = this.#newCaption();
    this.#caption.dom.replaceWith(caption.dom);
    this.#caption = caption;
    this.#show();
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false;
    const isSame = node.attrs.src === this.#node.attrs.src;
    this.#node = node;
    this.#lay();
    this.#caption.show(node);
    if (!isSame) this.#show();
    return true;
  }

  selectNode(): void {
    this.dom.classList.add("ProseMirror-selectednode");
  }

  deselectNode(): void {
    this.dom.classList.remove("ProseMirror-selectednode");
  }

  destroy(): void {
    this.#drawn.delete(this);
  }

  /** Writing a caption and pulling at an edge are no business of the text around. */
  stopEvent(event: Event): boolean {
    const { target } = event;
    return target instanceof Element && target.closest(".picture-caption, .picture-handle, button") !== null;
  }

  ignoreMutation(): boolean {
    return true;
  }

  #newCaption(): Caption {
    const { editable } = this.#view;
    const change = (caption: string | null) => this.#change({ caption });
    return new Caption(this.#node, editable, change, () => this.#select());
  }

  #show(): void {
    const { src } = this.#node.attrs;
    const id = assetIdOf(src);
    delete this.dom.dataset.state;
    this.#lay();
    if (id === null && isSafeImageSource(src) && !asked.has(src)) {
      const { host } = new URL(src);
      this.#tell(imagesText.external(host), imagesText.load(host), () => {
        asked.add(src);
        this.#show();
      });
      return;
    }
    const address = id === null ? (isSafeImageSource(src) ? src : null) : this.#addressOf(id);
    if (address === null) {
      this.#tell(imagesText.broken, null, () => undefined);
      return;
    }
    this.#picture.removeAttribute("src");
    this.#picture.src = address;
    this.#frame.replaceChildren(this.#picture, ...this.#handles());
  }

  #lay(): void {
    const { attrs } = this.#node;
    const alt = typeof attrs.alt === "string" ? attrs.alt : "";
    const width = imageWidth(attrs.width);
    const ratio = imageRatio(attrs.ratio);
    this.dom.setAttribute("aria-label", imagesText.figure(alt));
    this.dom.dataset.align = imageAlignment(attrs.align) ?? "center";
    this.#picture.alt = alt;
    this.#frame.style.width = width === null ? (ratio === null ? "" : "100%") : `${width}px`;
    if (this.dom.dataset.state === "told") this.#frame.style.width = "";
    this.#picture.style.aspectRatio = ratio === null ? "" : String(ratio);
    this.#picture.style.width = width === null && ratio === null ? "auto" : "100%";
  }

  #tell(sentence: string, label: string | null, act: () => void): void {
    this.dom.dataset.state = "told";
    this.#frame.style.width = "";
    const words = document.createElement("p");
    words.textContent = sentence;
    const children: HTMLElement[] = [words];
    if (label !== null) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = label;
      button.addEventListener("click", act);
      children.push(button);
    }
    const told = document.createElement("div");
    told.className = "picture-told";
    told.append(...children);
    this.#frame.replaceChildren(told);
  }

  #handles(): readonly HTMLElement[] {
    if (!this.#view.editable) return [];
    return resizeHandles({
      frame: this.#frame,
      column: () => this.dom.clientWidth,
      isCentered: () => this.dom.dataset.align === "center",
      onChange: (width) => this.#change({ width }),
    });
  }

  #change(attrs: Readonly<Record<string, unknown>>): void {
    const pos = this.#getPos();
    if (pos === undefined || !this.#view.editable) return;
    const isNew = Object.entries(attrs).some(([name, value]) => this.#node.attrs[name] !== value);
    if (isNew)
      this.#view.dispatch(
        this.#view.state.tr.setNodeMarkup(pos, undefined, { ...this.#node.attrs, ...attrs }),
      );
    else this.#lay();
  }

  #select(): void {
    const pos = this.#getPos();
    if (pos === undefined) return;
    const { state } = this.#view;
    this.#view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, pos)));
    this.#view.focus();
  }
}
