import { useEffect, useState } from "react";

const pauseMs = 140;

/** The words once somebody pauses in typing them: not each letter is worth a question. */
export function useDeferredQuery(query: string): string {
  const words = query.trim();
  const [deferred, setDeferred] = useState(words);
  useEffect(() => {
    if (words === deferred) return;
    // an emptied field is answered at once
    const timer = setTimeout(() => setDeferred(words), words === "" ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [words, deferred]);
  return deferred;
}
