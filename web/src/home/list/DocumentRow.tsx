import { FileText, Star, Trash2, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { type ListedDocument, titleOf } from "../documents.ts";
import { Marked } from "../search/Marked.tsx";
import { homeText } from "../text.ts";
import { type RowAction, RowMenu } from "./RowMenu.tsx";

type Props = {
  readonly document: ListedDocument;
  readonly facts: string;
  /** The server does not answer: it can be opened, and nothing else. */
  readonly isRemembered: boolean;
  readonly onAction: (action: RowAction, document: ListedDocument) => void;
};

function Titled({ document, facts }: Pick<Props, "document" | "facts">) {
  const { found } = document;
  const isUntitled = document.title.trim() === "";
  return (
    <>
      <FileText size={20} strokeWidth={1.5} className="mt-0.5 flex-none text-faint" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span
          className={`block truncate font-serif text-[1.0625rem] ${isUntitled ? "text-soft italic" : ""}`}
        >
          <Marked text={titleOf(document)} hits={isUntitled ? [] : (found?.title ?? [])} />
        </span>
        {found?.text == null ? null : (
          <span className="my-0.5 line-clamp-2 text-soft wrap-anywhere" data-testid="snippet">
            <Marked {...found.text} />
          </span>
        )}
        <span className={`block text-sm text-faint ${document.deletedAt === null ? "truncate" : ""}`}>
          {facts}
        </span>
      </span>
    </>
  );
}

const place = "-outline-offset-2 flex min-w-0 flex-1 items-start gap-3.5 rounded-lg px-3 py-2.5";

export function DocumentRow({ document, facts, isRemembered, onAction }: Props) {
  const title = titleOf(document);
  const isTrashed = document.deletedAt !== null;
  const starLabel = document.starred ? homeText.unstar(title) : homeText.star(title);
  let buttons: ReactNode = null;
  if (isTrashed)
    buttons = (
      <>
        <button
          type="button"
          className="icon-button"
          aria-label={`${homeText.actions.restore}: ${title}`}
          title={homeText.actions.restore}
          onClick={() => onAction("restore", document)}
        >
          <Undo2 size={17} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={`${homeText.actions.purge}: ${title}`}
          title={homeText.actions.purge}
          onClick={() => onAction("purge", document)}
        >
          <Trash2 size={17} />
        </button>
      </>
    );
  else if (!isRemembered)
    buttons = (
      <>
        <button
          type="button"
          aria-label={starLabel}
          title={starLabel}
          aria-pressed={document.starred}
          data-testid="star"
          className={`icon-button bg-transparent! ${
            document.starred
              ? "text-accent!"
              : "pointer-fine:opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100"
          }`}
          onClick={() => onAction("star", document)}
        >
          <Star size={17} fill={document.starred ? "currentColor" : "none"} />
        </button>
        <RowMenu document={document} onAction={(action) => onAction(action, document)} />
      </>
    );
  return (
    <li
      className="group relative flex items-center rounded-lg [contain-intrinsic-size:auto_3.75rem] [content-visibility:auto] hover:bg-hover"
      data-testid="document-row"
      data-document-id={document.id}
    >
      {isTrashed ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move through these rows, and keys act on them
        <div className={place} tabIndex={0} data-row>
          <Titled document={document} facts={facts} />
        </div>
      ) : (
        <Link href={`/d/${document.id}`} className={place} data-row>
          <Titled document={document} facts={facts} />
        </Link>
      )}
      {buttons === null ? null : <span className="mr-1.5 flex flex-none items-center">{buttons}</span>}
    </li>
  );
}
