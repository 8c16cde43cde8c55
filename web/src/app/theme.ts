import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";
/** What a person asked for; `system` follows the machine. */
export type ThemeChoice = Theme | "system";

const key = "palimpsest.theme";
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function notify(): void {
  for (const listener of listeners) listener();
}

function currentChoice(): ThemeChoice {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

function current(): Theme {
  const chosen = currentChoice();
  if (chosen !== "system") return chosen;
  return prefersDark.matches ? "dark" : "light";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  prefersDark.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    prefersDark.removeEventListener("change", listener);
  };
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  try {
    if (choice === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch (_storageIsBlocked) {
    // The theme then lasts until the page is closed.
  }
  notify();
}

export const setTheme = (theme: Theme): void => chooseTheme(theme);

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, currentChoice);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current);
}
