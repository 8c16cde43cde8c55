import type { Notice } from "@palimpsest/protocol";
import type { Difference } from "./audit.ts";
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
  /** Why a connection was given up from this side; it is tried again. For logs. */
  fault: [Error];
}
