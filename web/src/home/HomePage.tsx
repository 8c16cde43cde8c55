import { Plus } from "lucide-react";
import { useEffect } from "react";
import { ThemeToggle } from "../app/ThemeToggle.tsx";
import { appText } from "../app/text.ts";
import { IdentityButton } from "../people/IdentityButton.tsx";
import { useSession } from "../people/useSession.ts";
import { DocumentList } from "./DocumentList.tsx";
import { ImportButton } from "./ImportButton.tsx";
import { homeText } from "./text.ts";
import { useCreateDocument, useImportDocument } from "./useDocuments.ts";
import { useFileDrop } from "./useFileDrop.ts";

export function HomePage() {
  const user = useSession();
  const create = useCreateDocument();
  const { mutate: importFile, isPending: importing } = useImportDocument();
  const hovering = useFileDrop(importFile);

  useEffect(() => {
    document.title = appText.product;
  }, []);

  return (
    <>
      <header className="flex h-(--header-height) items-center gap-1 px-4">
        <img src="/favicon.svg" alt="" width={22} height={22} />
        <span className="ml-1.5 flex-1 font-serif text-lg font-semibold">{appText.product}</span>
        <ThemeToggle />
        {user === null ? null : <IdentityButton user={user} showName />}
      </header>
      <main className="page-column pt-8 pb-24 sm:pt-16">
        <h1 className="mb-5 font-serif text-[1.75rem] leading-tight font-semibold">{homeText.heading}</h1>
        <div className="mb-8 flex flex-wrap gap-2">
          <button
            type="button"
            className="button button-accent min-h-11 px-5"
            disabled={create.isPending}
            onClick={() => create.mutate()}
          >
            <Plus size={18} aria-hidden="true" />
            {homeText.newDocument}
          </button>
          <ImportButton busy={importing} onFile={importFile} />
        </div>
        <DocumentList />
      </main>
      {hovering ? (
        <div className="pointer-events-none fixed inset-3 z-50 flex items-center justify-center rounded-lg border-2 border-dashed border-accent bg-paper/90 text-xl text-accent">
          {homeText.drop}
        </div>
      ) : null}
    </>
  );
}
