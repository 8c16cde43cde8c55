import type { Editor } from "@tiptap/core";
import type { RefObject } from "react";
import { BlockHandle } from "./blocks/BlockHandle.tsx";
import { EmojiPicker } from "./emoji/EmojiPicker.tsx";
import { LinkPopover } from "./LinkPopover.tsx";
import { MathPopover } from "./math/MathPopover.tsx";
import { Picker } from "./picking/Picker.tsx";
import { TableHandles } from "./tables/TableHandles.tsx";

type Props = { readonly editor: Editor; readonly surface: RefObject<HTMLElement | null> };

/** What stands beside the blocks. */
export function Handles({ editor, surface }: Props) {
  return (
    <>
      <BlockHandle editor={editor} surface={surface} />
      <TableHandles editor={editor} surface={surface} />
    </>
  );
}

/** What opens over the text. None of it brings a plugin: one that comes later renders the whole text anew. */
export function Menus({ editor }: Pick<Props, "editor">) {
  return (
    <>
      <LinkPopover editor={editor} />
      <MathPopover />
      <EmojiPicker editor={editor} />
      <Picker />
    </>
  );
}
