import { create } from "zustand";
import { readStored, writeStored } from "../app/stored.ts";

const spellCheckKey = "palimpsest.spellcheck";
const wideKey = "palimpsest.wide";
const mostWide = 200;

type Preferences = {
  readonly spellCheck: boolean;
  /** The documents that are shown at full width. */
  readonly wide: readonly string[];
};

function stored(): Preferences {
  const wide = readStored(wideKey);
  return {
    spellCheck: readStored(spellCheckKey) !== false,
    wide: Array.isArray(wide) ? wide.filter((id) => typeof id === "string") : [],
  };
}

/** What a person set for this browser. */
export const usePreferences = create<Preferences>(stored);

export function setSpellCheck(spellCheck: boolean): void {
  writeStored(spellCheckKey, spellCheck);
  usePreferences.setState({ spellCheck });
}

/** The newest first, so that the list can be kept short. */
export function withWidth(wide: readonly string[], id: string, isWide: boolean): readonly string[] {
  const others = wide.filter((other) => other !== id);
  return isWide ? [id, ...others].slice(0, mostWide) : others;
}

export function setWide(id: string, isWide: boolean): void {
  const wide = withWidth(usePreferences.getState().wide, id, isWide);
  writeStored(wideKey, wide);
  usePreferences.setState({ wide });
}

export const useIsWide = (id: string): boolean => usePreferences(({ wide }) => wide.includes(id));
