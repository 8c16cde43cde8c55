import type { Editor, Range } from "@tiptap/core";
import { ImagePlus, type LucideIcon, Paperclip } from "lucide-react";
import { pickFiles, pictureTypes } from "./pickFiles.ts";
import { imagesText } from "./text.ts";
import { takeFiles } from "./Uploads.ts";

export type MediaItem = {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly Icon: LucideIcon;
  readonly run: (editor: Editor, range: Range) => void;
};

export function pickPictures(editor: Editor): void {
  pickFiles(pictureTypes, true, (files) => takeFiles(editor, files));
}

export function pickAnyFiles(editor: Editor): void {
  pickFiles("", true, (files) => takeFiles(editor, files));
}

const item = (
  id: string,
  label: string,
  description: string,
  aliases: string,
  Icon: LucideIcon,
  pick: (editor: Editor) => void,
): MediaItem => ({
  id,
  label,
  description,
  aliases: aliases.split(" "),
  Icon,
  run: (editor, range) => {
    editor.chain().focus().deleteRange(range).run();
    pick(editor);
  },
});

/** What the slash menu offers of pictures and files. */
export const mediaItems: readonly MediaItem[] = [
  item(
    "picture",
    imagesText.picture,
    imagesText.pictureHint,
    imagesText.pictureAliases,
    ImagePlus,
    pickPictures,
  ),
  item("file", imagesText.file, imagesText.fileHint, imagesText.fileAliases, Paperclip, pickAnyFiles),
];
