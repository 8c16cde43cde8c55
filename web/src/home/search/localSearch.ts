import type { Hits, ListedDocument } from "../documents.ts";

/** Each character's base letter, with where in the text it stands: the server's search takes é for e as well. */
function folded(text: string): { readonly letters: string; readonly places: readonly number[] } {
  let letters = "";
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase();
    for (let unit = 0; unit < plain.length; unit++) places.push(at);
    letters += plain;
    at += character.length;
  }
  places.push(at);
  return { letters, places };
}

function hitOf(word: string, title: ReturnType<typeof folded>): readonly [number, number] | null {
  for (let at = title.letters.indexOf(word); at >= 0; at = title.letters.indexOf(word, at + 1)) {
    const before = title.letters[at - 1] ?? " ";
    if (/[\p{L}\p{N}]/u.test(before)) continue;
    return [title.places[at] ?? 0, title.places[at + word.length] ?? 0];
  }
  return null;
}

/** Those in whose titles every word of the query begins a word, for when nobody but this browser can be asked. */
export function searchTitles(documents: readonly ListedDocument[], query: string): readonly ListedDocument[] {
  const words = folded(query)
    .letters.split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  return documents.flatMap((document) => {
    const title = folded(document.title);
    const hits: (readonly [number, number])[] = [];
    for (const word of words) {
      const hit = hitOf(word, title);
      if (hit === null) return [];
      hits.push(hit);
    }
    const inOrder: Hits = hits.toSorted((a, b) => a[0] - b[0]);
    return [{ ...document, found: { title: inOrder, text: null } }];
  });
}
