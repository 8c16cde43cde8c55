import { META_NAME, TITLE_KEY } from "@palimpsest/schema";
import { useCallback, useSyncExternalStore } from "react";
import type * as Y from "yjs";

export function useTitle(doc: Y.Doc): readonly [string, (title: string) => void] {
  const meta = doc.getMap<unknown>(META_NAME);
  const subscribe = useCallback(
    (listener: () => void) => {
      meta.observe(listener);
      return () => meta.unobserve(listener);
    },
    [meta],
  );
  const title = useSyncExternalStore(subscribe, () => {
    const value = meta.get(TITLE_KEY);
    return typeof value === "string" ? value : "";
  });
  const setTitle = useCallback(
    (next: string) => {
      if (meta.get(TITLE_KEY) !== next) meta.set(TITLE_KEY, next);
    },
    [meta],
  );
  return [title, setTitle];
}
