import { DOMSerializer, type Fragment, type Schema } from "@tiptap/pm/model";
import { OWN } from "./source.ts";

type Options = Parameters<DOMSerializer["serializeFragment"]>[1];
type Target = Parameters<DOMSerializer["serializeFragment"]>[2];

/** Writes the schema's own HTML, marked with the document it was copied from: its pictures are that document's. */
export class MarkedSerializer extends DOMSerializer {
  readonly #documentId: string;

  constructor(schema: Schema, documentId: string) {
    const { nodes, marks } = DOMSerializer.fromSchema(schema);
    super(nodes, marks);
    this.#documentId = documentId;
  }

  override serializeFragment(
    fragment: Fragment,
    options?: Options,
    target?: Target,
  ): HTMLElement | DocumentFragment {
    const written = super.serializeFragment(fragment, options, target);
    // What is within is written by the same method, into a target.
    if (target !== undefined) return written;
    written.firstElementChild?.setAttribute(OWN, this.#documentId);
    for (const element of written.querySelectorAll("[data-asset]")) {
      for (const name of ["src", "href"]) {
        const address = element.getAttribute(name);
        if (address?.startsWith("/"))
          element.setAttribute(name, new URL(address, window.location.origin).href);
      }
    }
    return written;
  }
}
