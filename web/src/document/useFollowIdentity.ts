import type { Provider } from "@palimpsest/provider";
import { useEffect, useRef } from "react";
import type { User } from "../people/session.ts";

/** The others see a new name or colour once the connection has been made again with a fresh ticket. */
export function useFollowIdentity(provider: Provider, session: User | null): void {
  const known = useRef<string | null>(null);
  const identity = session === null ? null : `${session.name}\n${session.color}`;
  useEffect(() => {
    if (identity === null) return;
    if (known.current !== null && known.current !== identity) provider.reauthenticate();
    known.current = identity;
  }, [provider, identity]);
}
