import { Provider, TicketRefused } from "@palimpsest/provider";
import { SCHEMA_VERSION } from "@palimpsest/schema";
import { useEffect, useState } from "react";
import * as Y from "yjs";
import { ApiError, request } from "../app/api.ts";
import { copies, tidyCopies } from "../offline/copies.ts";
import { cachedUser, ensureSession } from "../people/session.ts";
import { documentText } from "./text.ts";

export type Room = { readonly documentId: string; readonly doc: Y.Doc; readonly provider: Provider };

async function fetchTicket(documentId: string): Promise<string> {
  try {
    const path = `/api/documents/${encodeURIComponent(documentId)}/ticket`;
    return (await request<{ token: string }>(path, { method: "POST", body: {} })).token;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 410) throw new TicketRefused(4410, error.message);
    if (error.status === 404) throw new TicketRefused(4404, documentText.goneHint);
    if (error.status === 403) throw new TicketRefused(4403, error.message);
    throw error;
  }
}

/**
 * The live document and its connection, null for the moment before they exist. They are made in an effect and kept in state:
 * with useMemo, StrictMode's second mount would go on with a provider that its first unmount destroyed.
 */
export function useRoom(documentId: string): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  const [person, setPerson] = useState<string | null>(() => cachedUser()?.id ?? null);
  useEffect(() => {
    let owner = person;
    const doc = new Y.Doc();
    const provider = new Provider({
      url: `${window.location.origin.replace(/^http/, "ws")}/sync`,
      documentId,
      doc,
      schemaVersion: SCHEMA_VERSION,
      ticket: async () => {
        const { id } = await ensureSession();
        // somebody else's copy must not be shown to this person, nor sent under their name
        if (owner !== null && owner !== id) {
          setPerson(id);
          throw new Error("this browser has another guest now");
        }
        owner = id;
        return fetchTicket(documentId);
      },
      copy: { store: copies, owner: () => owner },
    });
    provider.connect();
    tidyCopies();
    setRoom({ documentId, doc, provider });
    return () => {
      setRoom(null);
      provider.destroy();
      doc.destroy();
    };
  }, [documentId, person]);
  return room;
}
