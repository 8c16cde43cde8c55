import type { ProviderState } from "@palimpsest/provider";
import { documentText } from "./text.ts";

export type SaveKind =
  | "opening"
  | "connecting"
  | "saved"
  | "saving"
  | "catchingUp"
  | "readOnly"
  | "offline"
  | "kept"
  | "refused";

export type SaveView = {
  readonly kind: SaveKind;
  /** True only when the server has acknowledged every local change. */
  readonly saved: boolean;
  readonly short: string;
  readonly long: string;
};

type Facts = Pick<
  ProviderState,
  "status" | "synced" | "everSynced" | "saved" | "pending" | "role" | "copy" | "failures"
>;

function kindOf(state: Facts): SaveKind {
  if (state.status === "refused") return "refused";
  if (!state.everSynced) return state.status === "offline" ? "offline" : "opening";
  if (state.status === "connecting" && state.failures === 0) return "connecting";
  if (state.status !== "online") return !state.saved && state.copy === "kept" ? "kept" : "offline";
  if (!state.saved) return "saving";
  if (!state.synced) return "catchingUp";
  return state.role === "view" ? "readOnly" : "saved";
}

function longOf(kind: SaveKind, state: Facts): string {
  const { saveLong } = documentText;
  switch (kind) {
    case "saving":
      return saveLong.saving(Math.max(1, state.pending));
    case "connecting":
      return state.saved ? saveLong.connecting : saveLong.connectingUnsaved;
    case "offline":
      if (!state.everSynced) return saveLong.offlineUnopened;
      if (state.saved) return saveLong.offlineSaved;
      return state.copy === "full" ? saveLong.offlineFull : saveLong.offlineUnkept;
    case "refused":
      if (state.saved) return saveLong.refusedSaved;
      if (state.copy === "aside") return saveLong.refusedAside;
      return state.copy === "kept" ? saveLong.refusedKept : saveLong.refusedUnsaved;
    default:
      return saveLong[kind];
  }
}

/** What the interface may say about saving. It claims less than it knows rather than more. */
export function saveView(state: Facts): SaveView {
  const kind = kindOf(state);
  return { kind, saved: state.saved, short: documentText.save[kind], long: longOf(kind, state) };
}
