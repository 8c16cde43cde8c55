import type { ExternalToast } from "sonner";
import { create } from "zustand";

type Kind = "message" | "success" | "error" | "warning" | "info" | "loading";
type Sonner = typeof import("sonner")["toast"];

/** Whether anything has been said yet: what shows it is loaded for the first toast, or when the page has settled. */
export const useToastsWanted = create<{ readonly wanted: boolean }>(() => ({ wanted: false }));

let mounted: (toast: Sonner) => void;
const shown = new Promise<Sonner>((resolve) => {
  mounted = resolve;
});

/** For what shows them: from now on there is somebody to hear a toast. */
export function toastsAreShown(toast: Sonner): void {
  mounted(toast);
}

let said = 0;

function say(kind: Kind, message: string, options?: ExternalToast): number | string {
  const id = options?.id ?? `toast-${++said}`;
  useToastsWanted.setState({ wanted: true });
  void shown.then((toast) => toast[kind](message, { ...options, id }));
  return id;
}

const saying = (kind: Kind) => (message: string, options?: ExternalToast) => say(kind, message, options);

/** Sonner's `toast`, whose code arrives with the first of them. Each returns its id at once. */
export const toast = Object.assign(saying("message"), {
  success: saying("success"),
  error: saying("error"),
  warning: saying("warning"),
  info: saying("info"),
  loading: saying("loading"),
  dismiss: (id?: number | string) => {
    if (useToastsWanted.getState().wanted) void shown.then((sonner) => sonner.dismiss(id));
  },
});
