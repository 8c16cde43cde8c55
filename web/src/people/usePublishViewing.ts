import type { Provider } from "@palimpsest/provider";
import { useEffect } from "react";
import type { Viewing } from "./usePeople.ts";

/** Lets the others know that this person only reads, and why; a person that can write says nothing about it. */
export function usePublishViewing({ awareness }: Provider, viewing: Viewing | null): void {
  useEffect(() => {
    const now: unknown = awareness.getLocalState()?.viewing ?? null;
    if (now !== viewing) awareness.setLocalStateField("viewing", viewing);
  }, [awareness, viewing]);
}
