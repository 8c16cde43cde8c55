import { imagesText } from "./text.ts";
import type { Upload } from "./upload.ts";

/** What stands in the text, for who brings a file alone, until the file is there. */
export class UploadCard {
  readonly dom = document.createElement("div");
  readonly #said = document.createElement("span");
  readonly #bar = document.createElement("progress");
  readonly #again = button(imagesText.again);
  readonly #cancel = button(imagesText.cancel);
  readonly #preview: string | null;

  constructor(upload: Upload) {
    this.dom.className = "upload-card";
    this.dom.contentEditable = "false";
    this.dom.dataset.testid = "upload";
    this.dom.setAttribute("role", "group");
    this.dom.setAttribute("aria-label", imagesText.progress(upload.name));
    this.#preview = upload.isPicture ? URL.createObjectURL(upload.file) : null;
    if (this.#preview !== null) {
      const picture = document.createElement("img");
      picture.src = this.#preview;
      picture.alt = "";
      picture.onerror = () => picture.remove();
      this.dom.append(picture);
    }
    const words = document.createElement("div");
    words.className = "upload-words";
    const name = document.createElement("strong");
    name.textContent = upload.name;
    this.#bar.max = 1;
    this.#bar.setAttribute("aria-label", imagesText.progress(upload.name));
    words.append(name, this.#said, this.#bar);
    this.#again.addEventListener("click", () => void upload.start());
    this.#cancel.addEventListener("click", () => upload.cancel());
    this.dom.append(words, this.#again, this.#cancel);
    this.show(upload);
  }

  show({ state }: Upload): void {
    this.dom.dataset.kind = state.kind;
    this.#bar.hidden = state.kind !== "sending" && state.kind !== "preparing";
    this.#again.hidden = !(state.kind === "waiting" || (state.kind === "failed" && state.canRetry));
    this.#cancel.textContent = state.kind === "failed" ? imagesText.dismiss : imagesText.cancel;
    // each percent read out would drown everything else
    this.#said.setAttribute("aria-live", state.kind === "sending" ? "off" : "polite");
    this.dom.setAttribute("aria-busy", String(!this.#bar.hidden));
    switch (state.kind) {
      case "preparing":
        this.#bar.removeAttribute("value");
        this.#said.textContent = imagesText.preparing;
        break;
      case "sending":
        this.#bar.value = state.part;
        this.#said.textContent = imagesText.sending(Math.round(state.part * 100));
        break;
      case "waiting":
        this.#said.textContent = imagesText.waiting;
        break;
      case "failed":
        this.#said.textContent = state.sentence;
        break;
      case "cancelled":
      case "done":
    }
  }

  destroy(): void {
    if (this.#preview !== null) URL.revokeObjectURL(this.#preview);
  }
}

function button(label: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = label;
  return made;
}
