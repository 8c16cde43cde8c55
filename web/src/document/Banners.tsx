import type { ProviderState } from "@palimpsest/provider";
import { CloudOff, Eye, TriangleAlert } from "lucide-react";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { Link } from "wouter";
import { lazyAsking } from "../app/later.tsx";
import { useNow } from "../app/useNow.ts";
import { reloadPage } from "../offline/keepShell.ts";
import { documentText } from "./text.ts";

const BringBackButton = lazyAsking(
  async () => (await import("../home/trash/BringBackButton.tsx")).BringBackButton,
);

type StripProps = {
  readonly tone: "plain" | "warn" | "danger";
  readonly icon: ReactNode;
  readonly testId: string;
  readonly children: ReactNode;
};

const tones = {
  plain: "bg-sunk text-soft",
  warn: "bg-warn-soft text-warn",
  danger: "bg-danger-soft text-danger",
} as const;

function Strip({ tone, icon, testId, children }: StripProps) {
  return (
    <div
      className={`screen-only border-b border-line ${tones[tone]} ${tone === "danger" ? "sticky top-(--header-height) z-25" : ""}`}
      role="status"
      data-testid={testId}
    >
      <div className="page-column flex items-start gap-3 py-2.5">
        <span className="mt-0.5 flex-none" aria-hidden="true">
          {icon}
        </span>
        {children}
      </div>
    </div>
  );
}

function OfflineStrip({ state }: { readonly state: ProviderState }) {
  const { retryAt, copy } = state;
  const { offline } = documentText;
  const now = useNow(1_000);
  const seconds = retryAt === null ? null : Math.ceil((retryAt - now) / 1_000);
  const when = seconds === null || seconds < 1 ? null : documentText.inSeconds(seconds);
  return (
    <Strip tone="warn" icon={<CloudOff size={17} />} testId="offline-banner">
      <p>
        {copy === "kept" ? offline.kept : copy === "full" ? offline.full : offline.unkept}
        {when === null ? null : ` ${documentText.nextTry(when)}`}
      </p>
    </Strip>
  );
}

/** A blink of the connection is nobody's business; a banner that comes and goes would be worse than none. */
function useLasting(value: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!value) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return value && lasting;
}

type Props = {
  readonly state: ProviderState;
  readonly documentId: string;
  readonly onCopyText: () => void;
  /** The document was in the trash and is back. */
  readonly onBack: () => void;
};

export function Banners({ state, documentId, onCopyText, onBack }: Props) {
  const away = useLasting(
    state.everSynced && (state.status === "offline" || (state.status === "connecting" && state.failures > 0)),
    900,
  );
  const { refusal } = state;
  if (refusal !== null)
    return (
      <Strip tone="danger" icon={<TriangleAlert size={18} />} testId="refusal">
        <div className="flex flex-1 flex-wrap items-center gap-x-4 gap-y-2">
          <p className="min-w-60 flex-1">
            <strong className="block font-semibold">
              {refusal.code === 4426 ? documentText.newVersion : documentText.refusedTitle}
            </strong>
            {refusal.message}
          </p>
          <span className="flex gap-2">
            {state.everSynced ? (
              <button type="button" className="button" onClick={onCopyText}>
                {documentText.copyAll}
              </button>
            ) : null}
            {refusal.code === 4410 ? (
              <Suspense>
                <BringBackButton documentId={documentId} onBack={onBack} />
              </Suspense>
            ) : null}
            {refusal.action === "leave" ? (
              <Link href="/" className="button">
                {documentText.goHome}
              </Link>
            ) : (
              <button type="button" className="button button-accent" onClick={() => void reloadPage()}>
                {documentText.reload}
              </button>
            )}
          </span>
        </div>
      </Strip>
    );
  if (away) return <OfflineStrip state={state} />;
  if (state.role === "view")
    return (
      <Strip tone="plain" icon={<Eye size={17} />} testId="read-only-banner">
        <p>{documentText.readOnly}</p>
      </Strip>
    );
  return null;
}
