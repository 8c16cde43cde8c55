import { calloutKind } from "@palimpsest/schema";
import {
  Info,
  Lightbulb,
  type LucideIcon,
  MessageSquareWarning,
  OctagonAlert,
  TriangleAlert,
} from "lucide-react";
import { calloutText } from "./text.ts";

type Entry = { readonly Icon: LucideIcon; readonly name: string };

const entries: Readonly<Record<string, Entry>> = {
  note: { Icon: Info, name: calloutText.note },
  tip: { Icon: Lightbulb, name: calloutText.tip },
  important: { Icon: MessageSquareWarning, name: calloutText.important },
  warning: { Icon: TriangleAlert, name: calloutText.warning },
  caution: { Icon: OctagonAlert, name: calloutText.caution },
};

const entryOf = (kind: unknown): Entry =>
  entries[calloutKind(kind)] ?? { Icon: Info, name: calloutText.note };

export const calloutIcon = (kind: unknown): LucideIcon => entryOf(kind).Icon;
export const calloutName = (kind: unknown): string => entryOf(kind).name;
