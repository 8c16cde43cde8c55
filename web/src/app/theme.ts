import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const key = "palimpsest.theme";
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function notify(): void {
  for (const listener of listeners) listener();
}

function current(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
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

export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(key, theme);
  } catch (_storageIsBlocked) {
    // The theme then lasts until the page is closed.
  }
  notify();
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current);
}
