import type { ProviderState } from "@palimpsest/provider";
import { History, ListTree } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Link } from "wouter";
import { IconButton } from "../app/IconButton.tsx";
import { appText } from "../app/text.ts";
import { toggleOutline, useOutlinePanel } from "../editor/outline/outlinePanel.ts";
import { shortcut } from "../editor/shortcut.ts";
import { useShownEditor } from "../editor/shownEditor.ts";
import { SaveStatus } from "./SaveStatus.tsx";
import { documentText } from "./text.ts";

type Props = {
  readonly state: ProviderState;
  readonly historyOpen: boolean;
  readonly historyButton: Ref<HTMLButtonElement>;
  readonly onHistory: () => void;
  readonly people: ReactNode;
  readonly children: ReactNode;
};

export function DocumentHeader({ state, historyOpen, historyButton, onHistory, people, children }: Props) {
  const outlineOpen = useOutlinePanel(({ open }) => open);
  const hasText = useShownEditor(({ editor }) => editor !== null);
  return (
    <header className="screen-only sticky top-0 z-30 flex h-(--header-height) items-center gap-0.5 bg-paper px-2 sm:px-4">
      <Link href="/" className="icon-button" aria-label={appText.home} title={appText.home}>
        <img src="/favicon.svg" alt="" width={22} height={22} />
      </Link>
      <IconButton
        label={documentText.outline}
        shortcut={shortcut("Mod-Shift-o")}
        className="max-sm:hidden"
        aria-expanded={outlineOpen}
        disabled={!hasText}
        onClick={toggleOutline}
      >
        <ListTree size={18} />
      </IconButton>
      <span className="mx-1.5 min-w-0 flex-1">
        <SaveStatus state={state} />
      </span>
      {people}
      <button
        ref={historyButton}
        type="button"
        className="icon-button w-auto! gap-1.5 px-2 text-sm font-medium"
        aria-label={documentText.history}
        aria-expanded={historyOpen}
        onClick={onHistory}
      >
        <History size={18} />
        <span className="max-md:hidden">{documentText.history}</span>
      </button>
      {children}
    </header>
  );
}
