import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Look } from "../look.ts";
import {
  type Authorship,
  type Comparison,
  type Frame,
  fetchAuthorship,
  fetchComparison,
  fetchFrame,
  type NodeJSON,
} from "./answers.ts";
import { Kept, Latest } from "./Latest.ts";

/** What a look shows, as the server answered. */
export type Page =
  | { readonly mode: "text"; readonly key: string; readonly answer: Frame }
  | { readonly mode: "compare"; readonly key: string; readonly answer: Comparison }
  | { readonly mode: "authors"; readonly key: string; readonly answer: Authorship };

export type Pages = {
  /** What was loaded last: while something else is on its way, still the page before. */
  readonly page: Page | null;
  readonly error: unknown;
  readonly retry: () => void;
  readonly load: (seq: number) => Promise<Page & { readonly mode: "text" }>;
  readonly show: (page: Page) => void;
};

// Blocks, that is a few dozen megabytes at most; a short document keeps all that was leafed through.
const mostBlocks = 120_000;
const weightOf = ({ answer }: Page) => 20 + ((answer.content as NodeJSON).content?.length ?? 0);

async function fetchPage(documentId: string, look: Look, key: string, signal: AbortSignal): Promise<Page> {
  const { seq } = look.moment;
  switch (look.mode) {
    case "text":
      return { mode: "text", key, answer: await fetchFrame(documentId, seq, signal) };
    case "authors":
      return { mode: "authors", key, answer: await fetchAuthorship(documentId, seq, signal) };
    case "compare":
      return {
        mode: "compare",
        key,
        answer: await fetchComparison(documentId, look.from?.seq ?? seq, seq, signal),
      };
  }
}

const keyOf = ({ mode, moment, from }: Look) =>
  mode === "compare" ? `compare ${from?.seq ?? ""} ${moment.seq}` : `${mode} ${moment.seq}`;

/** Loads what is looked at, the newest wish first, and keeps what was seen lately. */
export function usePages(documentId: string, look: Look | null): Pages {
  const [page, setPage] = useState<Page | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const kept = useMemo(() => new Kept<Page>(mostBlocks), []);
  const latest = useRef(new Latest());
  const wanted = useRef("");
  const key = look === null ? null : keyOf(look);

  const keep = useCallback(
    (next: Page) => {
      kept.set(next.key, next, weightOf(next));
      return next;
    },
    [kept],
  );
  const show = useCallback((next: Page) => {
    setPage(next);
    setError(null);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is all of the look that matters; an attempt asks again
  useEffect(() => {
    if (look === null || key === null) {
      wanted.current = "";
      latest.current.stop();
      setPage(null);
      setError(null);
      return;
    }
    wanted.current = key;
    const known = kept.get(key);
    if (known !== undefined) {
      show(known);
      return;
    }
    const { mode } = look;
    latest.current.want(key, async (signal) => {
      try {
        const next = keep(await fetchPage(documentId, look, key, signal));
        // A page of another kind than the one looked at by now would flash up.
        if (!signal.aborted && wanted.current.startsWith(mode)) show(next);
      } catch (reason) {
        if (!signal.aborted && wanted.current === key) setError(reason);
      }
    });
  }, [documentId, key, attempt, kept, keep, show]);

  useEffect(() => {
    const { current } = latest;
    return () => current.stop();
  }, []);

  const load = useCallback(
    async (seq: number) => {
      const textKey = `text ${seq}`;
      const known = kept.get(textKey);
      if (known?.mode === "text") return known;
      const next = { mode: "text", key: textKey, answer: await fetchFrame(documentId, seq) } as const;
      keep(next);
      return next;
    },
    [documentId, kept, keep],
  );
  const retry = useCallback(() => {
    setError(null);
    setAttempt((n) => n + 1);
  }, []);
  return useMemo(() => ({ page, error, retry, load, show }), [page, error, retry, load, show]);
}
