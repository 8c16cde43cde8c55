import type { Notice } from "@palimpsest/protocol";
import type { Difference } from "./audit.ts";
import type { Aside } from "./copy/store.ts";
import type { ProviderState, Status } from "./state.ts";

export interface ProviderEvents {
  /** Something about the state changed; `provider.state` is the same object. */
  state: [ProviderState];
  /** Something beside the text changed on the server. */
  notice: [Notice];
  synced: [boolean];
  saved: [boolean];
  status: [Status];
  /** An audit found that this copy and the server's log are not the same; it is being mended. For logs. */
  difference: [Difference];
  /** The copy on this device had to go, and what nobody has sent was put aside in its store. */
  aside: [Aside];
  /** Why a connection was given up from this side; it is tried again; or why the copy is none. For logs. */
  fault: [Error];
}
