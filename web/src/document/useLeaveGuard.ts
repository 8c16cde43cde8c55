import type { Provider } from "@palimpsest/provider";
import { useEffect } from "react";
import { toast } from "../app/toast.ts";
import { saveView } from "./saveView.ts";

/** Warns before the tab closes over changes that neither the server nor this device has, and answers Ctrl/Cmd+S with the truth. */
export function useLeaveGuard(provider: Provider): void {
  useEffect(() => {
    const beforeUnload = (event: BeforeUnloadEvent) => {
      if (provider.state.everSynced && !provider.isKept) event.preventDefault();
    };
    const keyDown = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== "s" ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      const view = saveView(provider.state);
      const isAtRisk = !view.saved && !provider.isKept && view.kind !== "saving";
      if (isAtRisk) toast.error(view.long, { id: "save" });
      else if (view.kind === "saved") toast.success(view.long, { id: "save" });
      else toast(view.long, { id: "save" });
    };
    window.addEventListener("beforeunload", beforeUnload);
    window.addEventListener("keydown", keyDown);
    return () => {
      window.removeEventListener("beforeunload", beforeUnload);
      window.removeEventListener("keydown", keyDown);
    };
  }, [provider]);
}
