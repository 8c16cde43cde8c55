import type { DocumentStore } from "@palimpsest/store";
import { type ClientId, decodeMoves, type Id, type Move, Moved } from "@palimpsest/ydoc";

/** What the restores of a document put back, and what it had been. */
export class BroughtBack {
  readonly moved: Moved;
  readonly #clients: ReadonlySet<ClientId>;

  constructor(store: DocumentStore) {
    const restores = store.hasRestores ? store.restores() : [];
    const moves: Move[][] = restores.map(({ moves }) => decodeMoves(moves) ?? []);
    this.moved = new Moved(moves);
    this.#clients = new Set(moves.flat().map(({ to }) => to.client));
  }

  /** Whether anything of this client's was put back. */
  has(client: ClientId): boolean {
    return this.#clients.has(client);
  }

  /** As what it was written first; null for what was not put back. */
  origin(id: Id): Id | null {
    const original = this.moved.original(id);
    return original.client === id.client && original.clock === id.clock ? null : original;
  }
}
