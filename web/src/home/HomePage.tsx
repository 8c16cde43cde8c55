import { LayoutTemplate, Plus, Settings } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { IconButton } from "../app/IconButton.tsx";
import { settle } from "../app/settled.ts";
import { ThemeToggle } from "../app/ThemeToggle.tsx";
import { appText } from "../app/text.ts";
import { IdentityButton } from "../people/IdentityButton.tsx";
import { useSession } from "../people/useSession.ts";
import { openOverlay } from "../shell/shell.ts";
import { ImportButton } from "./importing/ImportButton.tsx";
import { ImportPanel } from "./importing/ImportPanel.tsx";
import { importText } from "./importing/text.ts";
import { useFileDrop } from "./importing/useFileDrop.ts";
import { useImporting } from "./importing/useImporting.ts";
import { ListControls } from "./ListControls.tsx";
import { DocumentList, type ListHandle } from "./list/DocumentList.tsx";
import { SearchField } from "./search/SearchField.tsx";
import { TemplateGrid } from "./templates/TemplateGrid.tsx";
import type { Template } from "./templates/templates.ts";
import { homeText } from "./text.ts";
import { useCreateDocument } from "./useCreateDocument.ts";
import { useHomeKeys } from "./useHomeKeys.ts";
import { useHomeQuestion } from "./useHomeQuestion.ts";

const TemplateDialog = lazy(() => import("./templates/TemplateDialog.tsx"));
const firstTemplates = ["meeting", "project", "week"] as const;

export function HomePage() {
  const user = useSession();
  const create = useCreateDocument();
  const importFiles = useImporting();
  const hovering = useFileDrop(importFiles);
  const { question, typed, onType, onSort } = useHomeQuestion();
  const [choosing, setChoosing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<ListHandle>(null);
  const toField = useCallback(() => field.current?.focus(), []);
  const createBlank = useCallback(() => create.mutate({}), [create.mutate]);
  useHomeKeys(toField, createBlank);

  useEffect(settle, []);
  useEffect(() => {
    document.title = appText.product;
  }, []);

  const begin = ({ title, markdown }: Template) => create.mutate(markdown === "" ? {} : { title, markdown });

  return (
    <>
      <header className="flex h-(--header-height) items-center gap-1 px-4">
        <img src="/favicon.svg" alt="" width={22} height={22} />
        <span className="ml-1.5 flex-1 font-serif text-lg font-semibold">{appText.product}</span>
        <ThemeToggle />
        <IconButton label={homeText.settings} onClick={() => openOverlay("settings")}>
          <Settings size={18} />
        </IconButton>
        {user === null ? null : <IdentityButton user={user} showName />}
      </header>
      <main className="page-column pt-6 pb-24 sm:pt-12">
        <h1 className="mb-5 font-serif text-[1.75rem] leading-tight font-semibold">{homeText.heading}</h1>
        <div className="mb-5 flex flex-wrap gap-2">
          <button
            type="button"
            className="button button-accent min-h-11 px-5 max-sm:px-4"
            disabled={create.isPending}
            onClick={createBlank}
          >
            <Plus size={18} aria-hidden="true" />
            {homeText.newDocument}
          </button>
          <button
            type="button"
            className="button min-h-11 max-sm:px-2.5"
            aria-haspopup="dialog"
            onClick={() => setChoosing(true)}
          >
            <LayoutTemplate size={17} aria-hidden="true" className="max-sm:hidden" />
            {homeText.fromTemplate}
          </button>
          <ImportButton onFiles={importFiles} />
        </div>
        <ImportPanel />
        <div className="mb-4">
          <SearchField
            field={field}
            value={typed}
            onChange={onType}
            onDown={() => list.current?.focusFirst()}
          />
        </div>
        <ListControls question={question} onSort={onSort} />
        <DocumentList
          key={question.view}
          question={question}
          myId={user?.id ?? null}
          handle={list}
          onLeave={toField}
          beginnings={
            <div className="mt-8">
              <p className="mb-3 font-medium text-soft">{homeText.emptyTemplates}</p>
              <TemplateGrid ids={firstTemplates} busy={create.isPending} onChoose={begin} />
            </div>
          }
        />
      </main>
      <Suspense>
        {choosing ? (
          <TemplateDialog busy={create.isPending} onChoose={begin} onClose={() => setChoosing(false)} />
        ) : null}
      </Suspense>
      {hovering ? (
        <div className="pointer-events-none fixed inset-3 z-50 flex flex-col items-center justify-center gap-1 rounded-lg border-2 border-dashed border-accent bg-paper/90 px-6 text-center text-xl text-accent">
          {importText.drop}
          <span className="text-md text-soft">{importText.dropHint}</span>
        </div>
      ) : null}
    </>
  );
}
