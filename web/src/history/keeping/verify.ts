import { keepingText } from "./text.ts";

/** What the server found when it read the whole history again. */
export type Verification = {
  readonly ok: boolean;
  readonly frames: number;
  readonly snapshots: number;
  readonly versions: number;
  /** The first bad place, named by the sentence. */
  readonly bad: null | { readonly sentence: string };
};

export type Finding = { readonly ok: boolean; readonly title: string; readonly text: string };

/** The finding in the words of people who never heard of frames. */
export function findingOf({ ok, frames, snapshots, versions, bad }: Verification): Finding {
  const checked = keepingText.checked(frames, snapshots, versions);
  if (ok && bad === null) return { ok: true, title: keepingText.verifyWhole, text: checked };
  return {
    ok: false,
    title: keepingText.verifyDamaged,
    text: bad === null ? checked : `${bad.sentence} ${checked}`,
  };
}
