import type { Aside, Provider } from "@palimpsest/provider";
import { Download, Trash2, TriangleAlert } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { relativeTime } from "../app/relativeTime.ts";
import { appText } from "../app/text.ts";
import { toast } from "../app/toast.ts";
import { cachedUser } from "../people/session.ts";
import { copies } from "./copies.ts";
import { offlineText } from "./text.ts";

const ConfirmDialog = lazy(async () => ({
  default: (await import("../app/ConfirmDialog.tsx")).ConfirmDialog,
}));

function reasonOf(code: number): string {
  if (code === 0) return offlineText.asideReasons.other;
  return code === 4403 || code === 4404 ? offlineText.asideReasons.gone : offlineText.asideReasons.refused;
}

async function download(aside: Aside): Promise<void> {
  try {
    const { asideMarkdown } = await import("./asideMarkdown.ts");
    const { title, text } = asideMarkdown(aside.updates);
    const address = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `${offlineText.asideFile((title.trim() || appText.untitled).replace(/[\\/:*?"<>|]+/g, " "))}.md`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (_damaged) {
    toast.error(offlineText.asideFailed);
  }
}

/** What of this document could not be sent from this device, until it is discarded. */
export function Asides({
  provider,
  documentId,
}: {
  readonly provider: Provider;
  readonly documentId: string;
}) {
  const [asides, setAsides] = useState<readonly Aside[]>([]);
  const [discarding, setDiscarding] = useState<Aside | null>(null);
  useEffect(() => {
    let isHere = true;
    const read = () =>
      copies
        .asides(documentId)
        .then((found) => {
          const mine = found.filter(({ owner }) => owner === cachedUser()?.id);
          if (isHere) setAsides(mine);
        })
        // without storage there is nothing aside
        .catch(() => undefined);
    void read();
    provider.on("aside", read);
    return () => {
      isHere = false;
      provider.off("aside", read);
    };
  }, [provider, documentId]);

  const discard = async (aside: Aside) => {
    await copies.discardAside(aside.id);
    setAsides((all) => all.filter(({ id }) => id !== aside.id));
    toast(offlineText.asideDiscarded);
  };

  return (
    <>
      {asides.map((aside) => (
        <div
          key={aside.id}
          className="screen-only border-b border-line bg-warn-soft text-warn"
          role="status"
          data-testid="aside"
        >
          <div className="page-column flex items-start gap-3 py-2.5">
            <TriangleAlert size={18} className="mt-0.5 flex-none" aria-hidden="true" />
            <div className="flex flex-1 flex-wrap items-center gap-x-4 gap-y-2">
              <p className="min-w-60 flex-1">
                <strong className="block font-semibold">{offlineText.asideTitle}</strong>
                {reasonOf(aside.code)} {offlineText.asideHint(relativeTime(aside.at, Date.now()))}
              </p>
              <span className="flex gap-2">
                <button type="button" className="button" onClick={() => void download(aside)}>
                  <Download size={16} aria-hidden="true" /> {offlineText.asideDownload}
                </button>
                <button type="button" className="button" onClick={() => setDiscarding(aside)}>
                  <Trash2 size={16} aria-hidden="true" /> {offlineText.asideDiscard}
                </button>
              </span>
            </div>
          </div>
        </div>
      ))}
      {discarding === null ? null : (
        <Suspense>
          <ConfirmDialog
            title={offlineText.asideDiscardTitle}
            hint={offlineText.asideDiscardHint}
            action={offlineText.asideDiscard}
            onConfirm={() => void discard(discarding)}
            onClose={() => setDiscarding(null)}
          />
        </Suspense>
      )}
    </>
  );
}
