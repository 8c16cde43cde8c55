import { assetIdOf, fileMime, fileName, fileSize } from "@palimpsest/schema";
import type { Node } from "@tiptap/pm/model";
import type { NodeView } from "@tiptap/pm/view";
import { fileSizeText } from "./fileSizeText.ts";
import { imagesText } from "./text.ts";

const families: readonly (readonly [RegExp, string])[] = [
  [/^application\/pdf$/, "PDF"],
  [/wordprocessing|opendocument\.text|msword|rtf/, "DOC"],
  [/spreadsheet|ms-excel|csv|tab-separated/, "XLS"],
  [/presentation|powerpoint/, "PPT"],
  [/^video\//, "▶"],
  [/^audio\//, "♪"],
  [/zip/, "ZIP"],
  [/^text\//, "TXT"],
];

/** A file of the document, as a card from which it is downloaded. */
export class FileView implements NodeView {
  readonly dom = document.createElement("div");
  readonly #addressOf: (assetId: string) => string | null;
  #node: Node;

  constructor(node: Node, addressOf: (assetId: string) => string | null) {
    this.#node = node;
    this.#addressOf = addressOf;
    this.dom.className = "file-card";
    this.dom.contentEditable = "false";
    this.#show();
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false;
    this.#node = node;
    this.#show();
    return true;
  }

  selectNode(): void {
    this.dom.classList.add("ProseMirror-selectednode");
  }

  deselectNode(): void {
    this.dom.classList.remove("ProseMirror-selectednode");
  }

  stopEvent(event: Event): boolean {
    return (
      event.type !== "dragstart" && event.target instanceof Element && event.target.closest("a") !== null
    );
  }

  ignoreMutation(): boolean {
    return true;
  }

  #show(): void {
    const { attrs } = this.#node;
    const id = assetIdOf(attrs.src);
    const address = id === null ? null : this.#addressOf(id);
    const name = fileName(attrs.name) ?? imagesText.fileUnnamed;
    const size = fileSize(attrs.size);
    const said = size === null ? "" : fileSizeText(size);
    const mime = fileMime(attrs.mime) ?? "";
    const icon = document.createElement("span");
    icon.className = "file-icon";
    icon.setAttribute("aria-hidden", "true");
    icon.textContent = families.find(([test]) => test.test(mime))?.[1] ?? "…";
    const title = document.createElement(address === null ? "span" : "a");
    title.className = "file-name";
    title.textContent = name;
    if (address !== null && title instanceof HTMLAnchorElement) {
      title.href = address;
      title.download = name;
      title.setAttribute("aria-label", imagesText.fileLabel(name, said));
    }
    const detail = document.createElement("span");
    detail.className = "file-detail";
    detail.textContent = address === null ? imagesText.fileMissing : said;
    this.dom.replaceChildren(icon, title, detail);
  }
}
