import { useCallback, useEffect, useRef, useState } from "react";
import type { Moment } from "../entries.ts";
import type { Look } from "../look.ts";
import { type Asked, askedOf, searchOf } from "./address.ts";
import { fetchComparison, fetchFrame, type Person, type Point } from "./answers.ts";

export type Looking =
  | { readonly kind: "now" }
  /** The address names a moment; where in the log it is, and whether it is one, is not known yet. */
  | { readonly kind: "opening"; readonly asked: Asked }
  | { readonly kind: "refused"; readonly error: unknown }
  | { readonly kind: "look"; readonly look: Look };

const settleMs = 300;
const now: Looking = { kind: "now" };

function placeOf({ seq, at }: Point, author: Person | null): Moment {
  const ms = at === null ? 0 : Date.parse(at);
  return { key: `seq-${seq}`, seq, at: ms, by: author === null ? [] : [author.name], name: null };
}

async function find(documentId: string, asked: Asked, signal: AbortSignal): Promise<Look> {
  if (asked.mode === "compare") {
    const { from, to } = await fetchComparison(documentId, asked.from, asked.to, signal);
    return { mode: "compare", moment: placeOf(to, null), from: placeOf(from, null) };
  }
  const frame = await fetchFrame(documentId, asked.at, signal);
  return { mode: asked.mode, moment: placeOf(frame, frame.author), from: null };
}

function fromAddress(): Looking {
  const asked = askedOf(window.location.search);
  return asked === null ? now : { kind: "opening", asked };
}

// Marks the entry of the browser's history that was made for looking at the past: leaving goes back over it.
const isOurs = () => (window.history.state as { readonly past?: boolean } | null)?.past === true;

/** What is looked at, kept in step with the address: a link opens it, and the back button leaves it. */
export function useLook(documentId: string) {
  const [looking, setLooking] = useState<Looking>(fromAddress);
  const current = useRef(looking);
  current.current = looking;

  useEffect(() => {
    const follow = () => setLooking(fromAddress());
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);

  useEffect(() => {
    if (looking.kind !== "opening") return;
    const abort = new AbortController();
    find(documentId, looking.asked, abort.signal).then(
      (look) => setLooking((last) => (last === looking ? { kind: "look", look } : last)),
      (error: unknown) => {
        if (!abort.signal.aborted)
          setLooking((last) => (last === looking ? { kind: "refused", error } : last));
      },
    );
    return () => abort.abort();
  }, [documentId, looking]);

  // Browsers refuse more than about a hundred changes of the address in half a minute: only where somebody stays is noted.
  useEffect(() => {
    if (looking.kind !== "look") return;
    const note = () => {
      const search = searchOf(looking.look);
      if (window.location.search !== search) window.history.replaceState(window.history.state, "", search);
    };
    const timer = setTimeout(note, settleMs);
    return () => clearTimeout(timer);
  }, [looking]);

  const look = useCallback((next: Look | null) => {
    const last = current.current;
    if (next !== null) {
      if (last.kind === "now") window.history.pushState({ past: true }, "", searchOf(next));
      setLooking({ kind: "look", look: next });
      return;
    }
    if (last.kind === "now") return;
    setLooking(now);
    if (isOurs()) window.history.back();
    else window.history.replaceState(null, "", window.location.pathname);
  }, []);

  return { looking, look } as const;
}
