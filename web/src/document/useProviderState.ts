import type { Provider, ProviderState } from "@palimpsest/provider";
import { useCallback, useSyncExternalStore } from "react";

export function useProviderState(provider: Provider): ProviderState {
  const subscribe = useCallback(
    (listener: () => void) => {
      provider.on("state", listener);
      return () => provider.off("state", listener);
    },
    [provider],
  );
  return useSyncExternalStore(subscribe, () => provider.state);
}
