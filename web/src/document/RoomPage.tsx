import type { TiptapEditorHTMLElement } from "@tiptap/core";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { announce } from "../app/announce.ts";
import { copyText } from "../app/copyText.ts";
import { Message } from "../app/Message.tsx";
import { phone, useMediaQuery } from "../app/useMediaQuery.ts";
import { goToCaret } from "../editor/goToCaret.ts";
import { momentText } from "../history/days.ts";
import type { Moment } from "../history/entries.ts";
import { RescueNotice } from "../history/keeping/RescueNotice.tsx";
import { PreviewBar } from "../history/PreviewBar.tsx";
import { historyText } from "../history/text.ts";
import { forgetDocument } from "../home/recents.ts";
import { AvatarStack } from "../people/AvatarStack.tsx";
import { peopleText } from "../people/text.ts";
import { type Person, usePeople } from "../people/usePeople.ts";
import { usePresenceAnnouncements } from "../people/usePresenceAnnouncements.ts";
import { useSession } from "../people/useSession.ts";
import { Banners } from "./Banners.tsx";
import { DocumentHeader } from "./DocumentHeader.tsx";
import { MoreMenu } from "./MoreMenu.tsx";
import { NameVersionDialog } from "./NameVersionDialog.tsx";
import { Opening } from "./Opening.tsx";
import { SharePopover } from "./SharePopover.tsx";
import { documentText } from "./text.ts";
import { useConnectionAnnouncements } from "./useConnectionAnnouncements.ts";
import { useEscape } from "./useEscape.ts";
import { useFollowIdentity } from "./useFollowIdentity.ts";
import { useLeaveGuard } from "./useLeaveGuard.ts";
import { useProviderState } from "./useProviderState.ts";
import { useRememberDocument } from "./useRememberDocument.ts";
import type { Room } from "./useRoom.ts";
import { useTitle } from "./useTitle.ts";

const LiveEditor = lazy(async () => ({ default: (await import("../editor/LiveEditor.tsx")).LiveEditor }));
const HistoryPanel = lazy(() => import("../history/HistoryPanel.tsx"));
const Preview = lazy(() => import("../history/Preview.tsx"));

type Naming = { readonly seq: number | undefined };

function goTo(person: Person): void {
  if (!goToCaret(person.clientIds)) toast(peopleText.noCaret(person.name), { id: "caret" });
}

export function RoomPage({ room }: { readonly room: Room }) {
  const { provider, doc, documentId } = room;
  const state = useProviderState(provider);
  const session = useSession();
  const people = usePeople(provider);
  const [title] = useTitle(doc);
  const [historyOpen, setHistoryOpen] = useState(false);
  const [moment, setMoment] = useState<Moment | null>(null);
  const [naming, setNaming] = useState<Naming | null>(null);
  const historyButton = useRef<HTMLButtonElement>(null);
  const liveScroll = useRef(0);
  const onPhone = useMediaQuery(phone);

  const me = session ?? state.user;
  const canEdit = state.role === "edit" && state.refusal === null;
  const gone = state.refusal?.code === 4404 && !state.everSynced;

  useLeaveGuard(provider);
  useConnectionAnnouncements(state);
  usePresenceAnnouncements(people, me?.id ?? null);
  useFollowIdentity(provider, session);
  useRememberDocument(documentId, title, state.everSynced);
  useEffect(() => {
    if (gone) forgetDocument(documentId);
  }, [gone, documentId]);

  const look = useCallback((next: Moment | null) => {
    setMoment((now) => {
      if (now === null && next !== null) liveScroll.current = window.scrollY;
      return next;
    });
    announce(
      next === null ? historyText.previewLeft : historyText.previewShown(momentText(next.at, Date.now())),
    );
  }, []);
  const looking = moment !== null;
  useEffect(() => {
    window.scrollTo({ top: looking ? 0 : liveScroll.current, behavior: "instant" });
  }, [looking]);

  const nameNow = useCallback(() => setNaming({ seq: undefined }), []);
  const closeHistory = useCallback(() => {
    setHistoryOpen(false);
    historyButton.current?.focus();
  }, []);
  const leave = looking ? () => look(null) : historyOpen ? closeHistory : null;
  useEscape(leave);

  if (gone)
    return <Message title={documentText.goneTitle} hint={documentText.goneHint} testId="document-gone" />;

  const copyAll = async () => {
    const body = document.querySelector<TiptapEditorHTMLElement>("[data-testid=editor-body] .ProseMirror");
    const text = body?.editor?.getText({ blockSeparator: "\n\n" }) ?? "";
    if (await copyText(`${title}\n\n${text}`)) toast.success(documentText.textCopied);
  };
  // A connection that is being made again has no role for a moment; that must not lock the text.
  const readOnly = state.refusal !== null || state.role === "view";

  return (
    <>
      <DocumentHeader
        state={state}
        historyOpen={historyOpen}
        historyButton={historyButton}
        onHistory={() => setHistoryOpen((open) => !open)}
        people={<AvatarStack people={people} me={me} onGoTo={goTo} />}
      >
        <SharePopover documentId={documentId} />
        <MoreMenu documentId={documentId} title={title} canEdit={canEdit} onNameVersion={nameNow} />
      </DocumentHeader>
      {moment === null ? null : (
        <PreviewBar
          documentId={documentId}
          moment={moment}
          canEdit={canEdit}
          onNameVersion={() => setNaming({ seq: moment.seq })}
          onList={() => setHistoryOpen(true)}
          onBack={() => look(null)}
        />
      )}
      <RescueNotice room={room} onShow={() => setHistoryOpen(true)} />
      <Banners state={state} onCopyText={() => void copyAll()} />
      {state.everSynced ? (
        <Suspense fallback={<Opening progress={null} />}>
          <LiveEditor room={room} readOnly={readOnly} hidden={looking} />
        </Suspense>
      ) : state.refusal === null ? (
        <Opening progress={state.progress} offline={state.status === "offline"} />
      ) : null}
      <Suspense>
        {moment === null ? null : <Preview key={moment.seq} documentId={documentId} moment={moment} />}
      </Suspense>
      <Suspense>
        {historyOpen ? (
          <HistoryPanel
            room={room}
            moment={moment}
            canEdit={canEdit}
            onMoment={(next) => {
              look(next);
              if (onPhone) setHistoryOpen(false);
            }}
            onNameVersion={() => setNaming({ seq: moment?.seq })}
            onClose={closeHistory}
          />
        ) : null}
        {naming === null ? null : (
          <NameVersionDialog documentId={documentId} seq={naming.seq} onClose={() => setNaming(null)} />
        )}
      </Suspense>
    </>
  );
}
