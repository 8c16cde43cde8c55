import { encodeEntries, entriesOf, type Frame, type FrameSummary } from "@palimpsest/history";
import { measure } from "@palimpsest/ydoc";

/** What the history list shows of frames that follow each other, as their row keeps it. */
export function summarise(frames: readonly Frame[]): string {
  return encodeEntries(entriesOf(frames.map(summaryOf)));
}

export function summaryOf(frame: Frame): FrameSummary {
  const { seq, time, author, kind, update } = frame;
  return { seq, time, author, kind, target: kind === "restore" ? frame.target : null, ...measure(update) };
}
