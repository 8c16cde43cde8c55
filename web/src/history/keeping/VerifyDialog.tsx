import { useQuery } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { Dialog } from "radix-ui";
import { messageOf, request } from "../../app/api.ts";
import { appText } from "../../app/text.ts";
import { useReturnFocus } from "../../app/useReturnFocus.ts";
import { documentPath } from "./restoring.ts";
import { keepingText } from "./text.ts";
import { findingOf, type Verification } from "./verify.ts";

function Found({ found }: { readonly found: Verification }) {
  const { ok, title, text } = findingOf(found);
  return (
    <div className="flex gap-3" data-testid="verify-result" data-ok={ok}>
      <span className={`mt-0.5 flex-none ${ok ? "text-good" : "text-danger"}`} aria-hidden="true">
        {ok ? <CircleCheck size={20} /> : <TriangleAlert size={20} />}
      </span>
      <div>
        <p className="font-semibold">{title}</p>
        <p className="mt-1 text-soft">{text}</p>
      </div>
    </div>
  );
}

type Props = { readonly documentId: string; readonly onClose: () => void };

/** Has the server read the whole history again, and says what it found. It is mounted while it is open. */
export function VerifyDialog({ documentId, onClose }: Props) {
  const returnFocus = useReturnFocus();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["verify", documentId],
    queryFn: ({ signal }) => request<Verification>(documentPath(documentId, "/verify"), { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          onCloseAutoFocus={returnFocus}
          className="dialog"
          aria-describedby={undefined}
          data-testid="verify-dialog"
        >
          <Dialog.Title className="mb-3 text-lg font-semibold">{keepingText.verifyTitle}</Dialog.Title>
          <div className="mb-5" role="status">
            {isFetching ? (
              <>
                <p className="mb-2 text-soft">{keepingText.verifying}</p>
                <div className="skeleton h-1.5 w-full" aria-hidden="true" />
              </>
            ) : error !== null ? (
              <p className="text-danger">
                {keepingText.verifyFailed}. {messageOf(error)}
              </p>
            ) : data === undefined ? null : (
              <Found found={data} />
            )}
          </div>
          <div className="flex justify-end gap-2">
            {error !== null && !isFetching ? (
              <button type="button" className="button" onClick={() => void refetch()}>
                {appText.tryAgain}
              </button>
            ) : null}
            <Dialog.Close className="button">{appText.close}</Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
