import type { EditorView } from "@tiptap/pm/view";
import { isUploading } from "./uploadsState.ts";

/** A file that is let go beside the text would take the place of the page; one that is on its way would be lost with it. */
export class UploadGuard {
  readonly #view: EditorView;

  constructor(view: EditorView) {
    this.#view = view;
    window.addEventListener("dragover", this.#hold);
    window.addEventListener("drop", this.#hold);
    window.addEventListener("beforeunload", this.#ask);
  }

  readonly #hold = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
  };

  readonly #ask = (event: BeforeUnloadEvent) => {
    if (isUploading(this.#view.state)) event.preventDefault();
  };

  destroy(): void {
    window.removeEventListener("dragover", this.#hold);
    window.removeEventListener("drop", this.#hold);
    window.removeEventListener("beforeunload", this.#ask);
  }
}
