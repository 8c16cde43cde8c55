import type { ProviderState } from "@palimpsest/provider";
import { useEffect, useRef } from "react";
import { announce } from "../app/announce.ts";
import { documentText } from "./text.ts";

export function useConnectionAnnouncements(state: ProviderState): void {
  const wasOffline = useRef(false);
  const offline = state.everSynced && state.status === "offline";
  const online = state.status === "online" && state.synced;
  const refusal = state.refusal?.message ?? null;
  useEffect(() => {
    if (offline && !wasOffline.current) announce(documentText.nowOffline);
    if (online && wasOffline.current) announce(documentText.backOnline);
    if (offline) wasOffline.current = true;
    if (online) wasOffline.current = false;
  }, [offline, online]);
  useEffect(() => {
    if (refusal !== null) announce(refusal);
  }, [refusal]);
}
