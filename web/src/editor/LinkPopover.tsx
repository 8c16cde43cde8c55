import type { Editor } from "@tiptap/core";
import { posToDOMRect } from "@tiptap/core";
import { Popover } from "radix-ui";
import { type FormEvent, useId, useMemo, useState } from "react";
import { closeLink, useLinkEditing } from "./linkEditing.ts";
import { linkTarget } from "./linkTarget.ts";
import { editorText } from "./text.ts";

function applyLink(editor: Editor, href: string): void {
  const { empty, from, to } = editor.state.selection;
  const chain = editor.chain();
  if (empty && !editor.isActive("link"))
    chain
      .insertContent({
        type: "text",
        text: href.replace(/^mailto:/, ""),
        marks: [{ type: "link", attrs: { href } }],
      })
      .run();
  else chain.extendMarkRange("link").setLink({ href }).setTextSelection({ from, to }).run();
}

function LinkForm({ editor }: { readonly editor: Editor }) {
  const current: unknown = editor.getAttributes("link").href;
  const [refused, setRefused] = useState(false);
  const hintId = useId();

  // The field itself holds the address: what is submitted is what stands there, whatever has been rendered by then.
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const address = new FormData(event.currentTarget).get("address");
    const href = linkTarget(typeof address === "string" ? address : "");
    if (href === null) {
      setRefused(true);
      return;
    }
    closeLink();
    applyLink(editor, href);
  };

  return (
    <form onSubmit={submit}>
      <div className="flex gap-2">
        <input
          className="field min-w-0 flex-1"
          aria-label={editorText.linkAddress}
          aria-invalid={refused}
          aria-describedby={refused ? hintId : undefined}
          placeholder={editorText.linkPlaceholder}
          inputMode="url"
          autoComplete="off"
          name="address"
          defaultValue={typeof current === "string" ? current : ""}
          onChange={() => setRefused(false)}
        />
        <button type="submit" className="button button-accent">
          {editorText.linkApply}
        </button>
      </div>
      {refused ? (
        <p id={hintId} role="alert" className="mt-2 text-sm text-danger">
          {editorText.linkInvalid}
        </p>
      ) : null}
    </form>
  );
}

export function LinkPopover({ editor }: { readonly editor: Editor }) {
  const { open } = useLinkEditing();
  const anchor = useMemo(
    () => ({
      current: {
        getBoundingClientRect: () =>
          posToDOMRect(editor.view, editor.state.selection.from, editor.state.selection.to),
      },
    }),
    [editor],
  );
  return (
    <Popover.Root open={open} onOpenChange={(next) => !next && closeLink()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className="floating w-[min(24rem,calc(100vw-1.5rem))] p-2"
          side="bottom"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          aria-label={editorText.link}
          data-testid="link-popover"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (editor.isEditable) editor.view.focus();
          }}
        >
          <LinkForm editor={editor} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
