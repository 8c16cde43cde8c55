import type { ResolvedPos } from "@tiptap/pm/model";
import { useState } from "react";
import { messageOf } from "../../app/api.ts";
import { toast } from "../../app/toast.ts";
import type { RestoreRequest } from "../keeping/restoring.ts";
import { keepingText } from "../keeping/text.ts";
import { type Frame, fetchIds } from "./answers.ts";
import { blockIds, placeOf } from "./places.ts";
import { pastText } from "./text.ts";

export type Question = {
  readonly request: RestoreRequest;
  readonly heading: string;
  /** What is said when it is done. */
  readonly said?: string;
  /** The present is then worth more to look at than the past. */
  readonly leaves: boolean;
};

/** What can be brought back from here, each by a question first. */
export function useQuestions(documentId: string) {
  const [question, setQuestion] = useState<Question | null>(null);

  // Only now are the ids asked for by which the server knows its nodes: the moments that are leafed through do not carry them.
  const askForPart = async (
    seq: number,
    heading: string,
    part: (frame: Frame) => RestoreRequest | null,
  ): Promise<void> => {
    try {
      const request = part(await fetchIds(documentId, seq));
      if (request === null) toast.error(pastText.partFailed);
      else setQuestion({ request, heading, leaves: false });
    } catch (error) {
      toast.error(pastText.partFailed, { description: messageOf(error) });
    }
  };

  return {
    question,
    close: () => setQuestion(null),
    whole: (seq: number, moment: string) =>
      setQuestion({
        request: { to: seq },
        heading: pastText.restoreTo(moment),
        said: keepingText.restoredTo(moment),
        leaves: true,
      }),
    blocks: (seq: number, moment: string, first: number, last: number) =>
      askForPart(seq, pastText.restoreBlocksTo(last - first + 1, moment), ({ content }) => {
        const blocks = blockIds(content, first, last);
        return blocks === null ? null : { to: seq, blocks };
      }),
    selection: (seq: number, moment: string, $from: ResolvedPos, $to: ResolvedPos) =>
      askForPart(seq, pastText.restoreSelectionTo(moment), ({ content }) => {
        const [from, to] = [placeOf($from, content), placeOf($to, content)];
        return from === null || to === null ? null : { to: seq, selection: { from, to } };
      }),
    change: (from: number, to: number, change: number) =>
      setQuestion({ request: { from, to, change }, heading: pastText.putBackTitle, leaves: false }),
  } as const;
}
