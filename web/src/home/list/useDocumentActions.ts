import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocation } from "wouter";
import { announce } from "../../app/announce.ts";
import { messageOf, request } from "../../app/api.ts";
import { toast } from "../../app/toast.ts";
import { type Created, documentPath, documentsKey, type ListedDocument, shortTitle } from "../documents.ts";
import { forgetDocument, readRecents, rememberDocument, retitleRecent } from "../recents.ts";
import { homeText } from "../text.ts";
import { forgetCopy } from "./forgetCopy.ts";
import { changeListed } from "./listCache.ts";

export type DocumentActions = {
  readonly star: (document: ListedDocument) => void;
  readonly rename: (document: ListedDocument, title: string) => Promise<boolean>;
  readonly duplicate: (document: ListedDocument) => void;
  readonly trash: (document: ListedDocument) => void;
  /** Takes somebody else's document off the list. */
  readonly leave: (document: ListedDocument) => void;
  readonly restore: (document: ListedDocument) => void;
  readonly purge: (document: ListedDocument) => void;
};

const undoMs = 10_000;

export function useDocumentActions(): DocumentActions {
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  return useMemo(() => {
    const refresh = () => queries.invalidateQueries({ queryKey: documentsKey });

    /** Shows a change, then tells the server; what it refuses is taken back. @returns whether it was accepted */
    const act = async (
      document: ListedDocument,
      change: ((document: ListedDocument) => ListedDocument) | null,
      tell: () => Promise<unknown>,
    ): Promise<boolean> => {
      // an answer that was asked for before would bring the old state back
      await queries.cancelQueries({ queryKey: documentsKey });
      const takeBack = changeListed(queries, document.id, change);
      try {
        await tell();
        return true;
      } catch (error) {
        takeBack();
        toast.error(homeText.failed, { description: messageOf(error) });
        return false;
      } finally {
        void refresh();
      }
    };

    const send = (document: ListedDocument, method: string, rest = "", body?: object) =>
      request<unknown>(documentPath(document.id, rest), { method, ...(body === undefined ? {} : { body }) });

    const restore = async (document: ListedDocument) => {
      if (!(await act(document, null, () => send(document, "POST", "/untrash")))) return;
      const title = shortTitle(document);
      toast(homeText.restored(title), {
        action: { label: homeText.openIt, onClick: () => navigate(`/d/${document.id}`) },
      });
    };

    const trash = async (document: ListedDocument) => {
      const recent = readRecents().find(({ id }) => id === document.id);
      forgetDocument(document.id);
      const isDone = await act(document, null, () => send(document, "DELETE"));
      if (!isDone) {
        if (recent !== undefined) rememberDocument(recent);
        return;
      }
      const undo = async () => {
        if (recent !== undefined) rememberDocument(recent);
        try {
          await send(document, "POST", "/untrash");
          announce(homeText.restored(shortTitle(document)));
        } catch (error) {
          toast.error(homeText.failed, { description: messageOf(error) });
        }
        void refresh();
      };
      toast(homeText.movedToTrash(shortTitle(document)), {
        duration: undoMs,
        action: { label: homeText.undo, onClick: () => void undo() },
      });
    };

    const leave = async (document: ListedDocument) => {
      forgetDocument(document.id);
      if (await act(document, null, () => send(document, "DELETE", "/visit")))
        toast(homeText.left(shortTitle(document)), { description: homeText.leftHint });
    };

    const purge = async (document: ListedDocument) => {
      forgetDocument(document.id);
      if (!(await act(document, null, () => send(document, "DELETE", "?forever=1")))) return;
      toast(homeText.purged);
      await forgetCopy(document.id);
    };

    const duplicate = async (document: ListedDocument) => {
      const progress = toast.loading(homeText.duplicating);
      try {
        const copy = await request<Created>(documentPath(document.id, "/copy"), { method: "POST", body: {} });
        rememberDocument({ id: copy.id, title: copy.title, openedAt: new Date().toISOString() });
        toast.success(homeText.duplicated(shortTitle(copy)), {
          id: progress,
          duration: undoMs,
          action: { label: homeText.openIt, onClick: () => navigate(`/d/${copy.id}`) },
        });
      } catch (error) {
        toast.error(homeText.failed, { id: progress, description: messageOf(error) });
      }
      void refresh();
    };

    return {
      star: (document) => {
        const starred = !document.starred;
        const method = starred ? "PUT" : "DELETE";
        void act(
          document,
          (each) => ({ ...each, starred }),
          () => send(document, method, "/star"),
        );
      },
      rename: (document, title) => {
        const before = readRecents().find(({ id }) => id === document.id)?.title;
        retitleRecent(document.id, title);
        return act(
          document,
          (each) => ({ ...each, title }),
          () => send(document, "PATCH", "", { title }),
        ).then((isDone) => {
          if (!isDone && before !== undefined) retitleRecent(document.id, before);
          return isDone;
        });
      },
      duplicate: (document) => void duplicate(document),
      trash: (document) => void trash(document),
      leave: (document) => void leave(document),
      restore: (document) => void restore(document),
      purge: (document) => void purge(document),
    };
  }, [queries, navigate]);
}
