import { useQuery } from "@tanstack/react-query";
import { EditorContent, type JSONContent, useEditor } from "@tiptap/react";
import { messageOf, request } from "../app/api.ts";
import { TextSkeleton } from "../app/PageSkeleton.tsx";
import { appText } from "../app/text.ts";
import { contentAddress } from "../document/contentAddress.ts";
import { previewExtensions } from "../editor/liveExtensions.ts";
import type { Moment } from "./entries.ts";
import { historyText } from "./text.ts";

type Content = { readonly seq: number; readonly title: string; readonly content: JSONContent };

function isBlank(content: JSONContent): boolean {
  const blocks = content.content ?? [];
  return blocks.every(({ type, content: inner }) => type === "paragraph" && (inner?.length ?? 0) === 0);
}

function PastText({ content }: { readonly content: JSONContent }) {
  const editor = useEditor(
    {
      extensions: previewExtensions(),
      content,
      editable: false,
      injectCSS: false,
      editorProps: {
        attributes: { class: "content", role: "document", "aria-label": historyText.previewBody },
      },
    },
    [content],
  );
  return <EditorContent editor={editor} />;
}

type Props = { readonly documentId: string; readonly moment: Moment };

export default function Preview({ documentId, moment }: Props) {
  const { data, error, refetch } = useQuery({
    queryKey: ["content", documentId, moment.seq],
    queryFn: ({ signal }) => request<Content>(contentAddress(documentId, "json", moment.seq), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

  return (
    <main className="page-column pt-10 pb-[30vh]" data-testid="preview" data-seq={data?.seq ?? ""}>
      {error === null ? null : (
        <div role="alert">
          <p className="mb-3">
            {historyText.previewFailed}. {messageOf(error)}
          </p>
          <button type="button" className="button" onClick={() => void refetch()}>
            {appText.tryAgain}
          </button>
        </div>
      )}
      {data === undefined && error === null ? (
        <div role="status" aria-label={historyText.previewLoading}>
          <div className="skeleton mb-8 h-9 w-3/5" />
          <TextSkeleton />
        </div>
      ) : null}
      {data === undefined ? null : (
        <>
          <h1
            className={`mb-4 font-serif text-(length:--size-title) leading-[1.15] font-semibold tracking-[-0.012em] wrap-anywhere ${
              data.title.trim() ? "" : "text-faint"
            }`}
            data-testid="preview-title"
          >
            {data.title.trim() || appText.untitled}
          </h1>
          <div data-testid="preview-body">
            {isBlank(data.content) ? (
              <p className="text-faint italic">{historyText.previewEmpty}</p>
            ) : (
              <PastText content={data.content} />
            )}
          </div>
        </>
      )}
    </main>
  );
}
