import type { ClientId } from "@palimpsest/protocol";
import type { DocumentStore } from "@palimpsest/store";

/** A replica that never wrote here; 32 random bits may collide, so it is checked. */
export function newClientId(store: DocumentStore): ClientId {
  for (;;) {
    const [client = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (store.ownerOf(client) === null) return client as ClientId;
  }
}
