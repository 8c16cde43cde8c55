import { CircleAlert, CircleCheck, LoaderCircle, X } from "lucide-react";
import { Link } from "wouter";
import { titleOf } from "../documents.ts";
import { clearImports, type Import, isOver, useImports } from "./importFiles.ts";
import { importText } from "./text.ts";

function Line({ name, state }: Import) {
  const isWorking = state.kind === "working" || state.kind === "waiting";
  return (
    <li className="flex items-start gap-2.5 py-1.5" data-testid="import" data-state={state.kind}>
      <span className="mt-0.5 flex-none" aria-hidden="true">
        {state.kind === "done" ? <CircleCheck size={17} className="text-good" /> : null}
        {state.kind === "failed" ? <CircleAlert size={17} className="text-danger" /> : null}
        {isWorking ? (
          <LoaderCircle
            size={17}
            className={state.kind === "working" ? "animate-spin text-accent" : "text-faint"}
          />
        ) : null}
      </span>
      <span className="min-w-0 flex-1">
        {state.kind === "done" ? (
          <Link
            href={`/d/${state.created.id}`}
            className="block truncate font-medium text-accent underline underline-offset-2"
            aria-label={importText.open(titleOf(state.created))}
          >
            {titleOf(state.created)}
          </Link>
        ) : (
          <span className="block truncate font-medium">{name}</span>
        )}
        {state.kind === "failed" ? <span className="block text-sm text-danger">{state.reason}</span> : null}
        {state.kind === "done" && state.left.length > 0 ? (
          <span className="block text-sm text-warn">{state.left.join(" ")}</span>
        ) : null}
        {state.kind === "done" && state.created.title !== name ? (
          <span className="block truncate text-sm text-faint">{name}</span>
        ) : null}
        {isWorking ? (
          <span className="block text-sm text-faint">
            {state.kind === "working" ? state.text : importText.waiting}
          </span>
        ) : null}
      </span>
    </li>
  );
}

/** How far the imports are, and what failed and why. */
export function ImportPanel() {
  const imports = useImports();
  if (imports.length === 0) return null;
  const over = imports.filter(isOver);
  const failed = over.filter(({ state }) => state.kind === "failed").length;
  const isFinished = over.length === imports.length;
  const heading = isFinished
    ? importText.finished(over.length - failed, failed)
    : importText.title(imports.length);
  return (
    <section
      aria-label={heading}
      className="mb-6 rounded-lg border border-line bg-raised p-3 pl-4 shadow-sm"
      data-testid="imports"
    >
      <div className="flex items-center">
        <p className="flex-1 font-medium" role="status">
          {heading}
        </p>
        {isFinished ? (
          <button
            type="button"
            className="icon-button"
            aria-label={importText.close}
            title={importText.close}
            onClick={clearImports}
          >
            <X size={17} />
          </button>
        ) : (
          <span className="px-2 text-sm text-faint tabular-nums">
            {over.length}/{imports.length}
          </span>
        )}
      </div>
      <ul className="mt-1 max-h-64 overflow-y-auto">
        {imports.map((each) => (
          <Line key={each.no} {...each} />
        ))}
      </ul>
    </section>
  );
}
