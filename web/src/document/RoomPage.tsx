import type { TiptapEditorHTMLElement } from "@tiptap/core";
import { MoreHorizontal, UserPlus } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { copyText } from "../app/copyText.ts";
import { asking, later, lazyAsking } from "../app/later.tsx";
import { Message } from "../app/Message.tsx";
import { settle } from "../app/settled.ts";
import { toast } from "../app/toast.ts";
import { phone, useMediaQuery } from "../app/useMediaQuery.ts";
import { goToCaret } from "../editor/goToCaret.ts";
import type { Look } from "../history/look.ts";
import type { Side } from "../history/past/CompareRow.tsx";
import { useLook } from "../history/past/useLook.ts";
import { forgetDocument } from "../home/recents.ts";
import { Asides } from "../offline/Asides.tsx";
import { AvatarStack } from "../people/AvatarStack.tsx";
import { FollowBanner } from "../people/FollowBanner.tsx";
import { follow } from "../people/following.ts";
import { peopleText } from "../people/text.ts";
import { useFollow } from "../people/useFollow.ts";
import { type Person, usePeople } from "../people/usePeople.ts";
import { usePresenceAnnouncements } from "../people/usePresenceAnnouncements.ts";
import { usePublishViewing } from "../people/usePublishViewing.ts";
import { useSession } from "../people/useSession.ts";
import { useShowOpenDocument } from "../shell/openDocument.ts";
import { useFullWidth } from "../shell/useFullWidth.ts";
import { Banners } from "./Banners.tsx";
import { DocumentHeader } from "./DocumentHeader.tsx";
import { Opening } from "./Opening.tsx";
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
const HistoryPanel = lazyAsking(async () => (await import("../history/HistoryPanel.tsx")).default);
const Past = lazyAsking(async () => (await import("../history/past/Past.tsx")).default);
const InTrash = lazyAsking(async () => (await import("../home/trash/InTrash.tsx")).default);
const NameVersionDialog = lazyAsking(async () => (await import("./NameVersionDialog.tsx")).NameVersionDialog);
const RescueNotice = later(() =>
  asking(async () => (await import("../history/keeping/RescueNotice.tsx")).RescueNotice),
);
const SharePopover = later(
  async () => (await import("./SharePopover.tsx")).SharePopover,
  () => (
    <span className="icon-button w-auto! gap-1.5 px-2 text-sm font-medium" aria-hidden="true">
      <UserPlus size={18} />
      <span className="max-md:hidden">{documentText.share}</span>
    </span>
  ),
);
const MoreMenu = later(
  () => asking(async () => (await import("./MoreMenu.tsx")).MoreMenu),
  () => (
    <span className="icon-button" aria-hidden="true">
      <MoreHorizontal size={19} />
    </span>
  ),
);

type Naming = { readonly seq: number | undefined };

function goTo(person: Person): void {
  if (goToCaret(person.clientIds)) follow(person);
  else toast(peopleText.noCaret(person.name), { id: "caret" });
}

export function RoomPage({ room }: { readonly room: Room }) {
  const { provider, doc, documentId } = room;
  const state = useProviderState(provider);
  const session = useSession();
  const people = usePeople(provider);
  const [title] = useTitle(doc);
  const [historyOpen, setHistoryOpen] = useState(false);
  const { looking, look } = useLook(documentId);
  const [side, setSide] = useState<Side>("to");
  const [naming, setNaming] = useState<Naming | null>(null);
  const historyButton = useRef<HTMLButtonElement>(null);
  const liveScroll = useRef(0);
  const focused = useRef<Element | null>(null);
  const onPhone = useMediaQuery(phone);

  const me = session ?? state.user;
  const canEdit = state.role === "edit" && state.refusal === null;
  // What was shown from the copy on this device before the server answered must not stay.
  const neverLetIn = state.user === null;
  const gone = state.refusal?.code === 4404 && neverLetIn;
  const trashed = state.refusal?.code === 4410;

  useLeaveGuard(provider);
  useConnectionAnnouncements(state);
  usePresenceAnnouncements(people, me?.id ?? null);
  useFollowIdentity(provider, session);
  useRememberDocument(documentId, title, state.everSynced);
  useEffect(() => {
    if (gone || trashed) forgetDocument(documentId);
  }, [gone, trashed, documentId]);

  // Where there is nothing to be edited yet, the rest of the page need not wait for it.
  const waits = state.refusal === null && state.status !== "offline";
  useEffect(() => {
    if (!waits) settle();
  }, [waits]);

  const inPast = looking.kind !== "now";
  const shown = looking.kind === "look" ? looking.look : null;
  const enter = useCallback(
    (next: Look | null) => {
      if (!inPast) {
        liveScroll.current = window.scrollY;
        focused.current = document.activeElement;
      }
      look(next);
    },
    [inPast, look],
  );
  // An entry that is chosen while two moments are compared becomes one of them.
  const choose = (next: Look) => {
    const comparing = shown?.mode === "compare" && next.mode === "text" ? shown : null;
    if (comparing === null) enter(next);
    else enter({ ...comparing, [side === "from" ? "from" : "moment"]: next.moment });
    if (onPhone) setHistoryOpen(false);
  };
  const wasInPast = useRef(false);
  useEffect(() => {
    if (inPast) wasInPast.current = true;
    if (inPast || !wasInPast.current) return;
    window.scrollTo({ top: liveScroll.current, behavior: "instant" });
    // What had the focus in the past is gone with it.
    if (document.activeElement !== document.body) return;
    const before = focused.current;
    if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
    else historyButton.current?.focus();
  }, [inPast]);

  const nameAt = useCallback((seq: number | undefined) => setNaming({ seq }), []);
  const nameNow = useCallback(() => nameAt(undefined), [nameAt]);
  const openHistory = useCallback(() => setHistoryOpen(true), []);
  const closeHistory = useCallback(() => {
    setHistoryOpen(false);
    historyButton.current?.focus();
  }, []);
  const toggleHistory = useCallback(() => setHistoryOpen((open) => !open), []);
  useShowOpenDocument({ documentId, title, canEdit, inPast, toggleHistory, nameVersion: nameNow });
  useFullWidth(documentId);
  useFollow(people, !inPast);
  usePublishViewing(provider, state.role === "view" ? "role" : inPast ? "past" : null);
  const leave = inPast ? () => look(null) : historyOpen ? closeHistory : null;
  useEscape(leave);

  if (gone)
    return (
      <>
        <Asides provider={provider} documentId={documentId} />
        <Message title={documentText.goneTitle} hint={documentText.goneHint} testId="document-gone" />
      </>
    );
  if (trashed && neverLetIn)
    return (
      <Suspense>
        <InTrash documentId={documentId} />
      </Suspense>
    );

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
        onHistory={toggleHistory}
        people={<AvatarStack people={people} me={me} onGoTo={goTo} />}
      >
        <SharePopover documentId={documentId} />
        <MoreMenu documentId={documentId} title={title} canEdit={canEdit} />
      </DocumentHeader>
      <FollowBanner />
      <RescueNotice room={room} onShow={openHistory} />
      <Asides provider={provider} documentId={documentId} />
      <Banners
        state={state}
        documentId={documentId}
        onCopyText={() => void copyAll()}
        onBack={() => provider.connect()}
      />
      {state.everSynced ? (
        <Suspense fallback={inPast ? null : <Opening progress={null} />}>
          <LiveEditor room={room} readOnly={readOnly} hidden={inPast} />
        </Suspense>
      ) : state.refusal === null && !inPast ? (
        <Opening progress={state.progress} offline={state.status === "offline"} />
      ) : null}
      <Suspense>
        {inPast || historyOpen ? (
          <Past
            documentId={documentId}
            provider={provider}
            looking={looking}
            side={side}
            canEdit={canEdit}
            panelOpen={historyOpen}
            scrolled={liveScroll.current}
            onLook={enter}
            onSide={setSide}
            onNameVersion={nameAt}
            onList={openHistory}
          />
        ) : null}
      </Suspense>
      <Suspense>
        {historyOpen ? (
          <HistoryPanel
            room={room}
            moment={shown?.moment ?? null}
            from={shown?.from ?? null}
            canEdit={canEdit}
            onLook={choose}
            onNow={() => {
              look(null);
              if (onPhone) setHistoryOpen(false);
            }}
            onNameVersion={() => nameAt(shown?.moment.seq)}
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
