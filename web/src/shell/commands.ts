import type { LucideIcon } from "lucide-react";

export type CommandGroup = "page" | "export" | "view" | "insert" | "go";

/** Something that can be done here and now. Menus and the palette show the same ones. */
export type Command = {
  readonly id: string;
  readonly group: CommandGroup;
  readonly label: string;
  /** More words by which it is found. */
  readonly aliases: readonly string[];
  /** As `shortcut` takes them. */
  readonly keys?: string;
  /** Shown only to those who search for it. */
  readonly hidden?: boolean;
  readonly Icon: LucideIcon;
  readonly run: () => void;
};

export const commandGroups: readonly CommandGroup[] = ["page", "view", "go", "export", "insert"];
