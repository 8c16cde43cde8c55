import { evictOutdated, IndexedDbStore } from "@palimpsest/provider";

/** The copies of documents in this browser. */
export const copies = new IndexedDbStore("palimpsest");

let isTidy = false;

/** Once for each page: copies of what nobody has opened for long go. */
export function tidyCopies(): void {
  if (isTidy) return;
  isTidy = true;
  // a browser that keeps nothing has nothing to be tidied, and says so where it matters
  setTimeout(() => evictOutdated(copies, Date.now()).catch(() => undefined), 10_000);
}
