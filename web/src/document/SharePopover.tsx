import { Link2, UserPlus } from "lucide-react";
import { Popover } from "radix-ui";
import { memo } from "react";
import { copyText } from "../app/copyText.ts";
import { toast } from "../app/toast.ts";
import { documentText } from "./text.ts";

async function copyAddress(address: string): Promise<void> {
  if (await copyText(address)) toast.success(documentText.linkCopied);
  else toast.error(documentText.copyFailed);
}

export const SharePopover = memo(function SharePopover({ documentId }: { readonly documentId: string }) {
  const address = `${window.location.origin}/d/${documentId}`;
  return (
    <Popover.Root>
      <Popover.Trigger
        className="icon-button w-auto! gap-1.5 px-2 text-sm font-medium"
        aria-label={documentText.share}
      >
        <UserPlus size={18} />
        <span className="max-md:hidden">{documentText.share}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={documentText.share}
          className="floating w-[min(22rem,calc(100vw-1.5rem))] p-4"
          align="end"
          sideOffset={6}
          collisionPadding={12}
        >
          <p className="font-semibold">{documentText.shareTitle}</p>
          <p className="mt-1 mb-3 text-sm text-soft">{documentText.shareHint}</p>
          <div className="flex gap-2">
            <input
              className="field min-w-0 flex-1 text-sm"
              aria-label={documentText.address}
              readOnly
              value={address}
              onFocus={(event) => event.target.select()}
            />
            <button type="button" className="button button-accent" onClick={() => void copyAddress(address)}>
              <Link2 size={16} aria-hidden="true" /> {documentText.copyLink}
            </button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
});
