import { type Emoji, emojiFrom } from "./emojiSearch.ts";

let loaded: readonly Emoji[] | null = null;
let loading: Promise<readonly Emoji[]> | null = null;

async function load(): Promise<readonly Emoji[]> {
  const [data, codes] = await Promise.all([
    import("emojibase-data/en/compact.json"),
    import("emojibase-data/en/shortcodes/github.json"),
  ]);
  loaded = emojiFrom(data.default, codes.default);
  return loaded;
}

/** All emoji with their names: half a megabyte, so not before somebody asks for one. */
export function loadEmoji(): Promise<readonly Emoji[]> {
  loading ??= load().catch((cause: unknown) => {
    loading = null;
    throw cause;
  });
  return loading;
}

/** Null until they were asked for and have come. */
export const emojiAtHand = (): readonly Emoji[] | null => loaded;
