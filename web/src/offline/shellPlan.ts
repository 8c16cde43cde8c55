/** The files of one build. `core` is needed to show and edit a document, `rest` for what else the page can do. */
export type Shell = {
  readonly version: string;
  readonly core: readonly string[];
  readonly rest: readonly string[];
};

/** How the service worker answers a request. */
export type Answer =
  /** Not its business: the network's answer, as if there were no worker. */
  | { readonly kind: "network" }
  /** The page that every address of the app begins with. */
  | { readonly kind: "page" }
  /** Never changes under its name. */
  | { readonly kind: "asset" }
  /** May be another in each build. */
  | { readonly kind: "file" };

type Asked = { readonly method: string; readonly isNavigation: boolean; readonly url: URL };

export function answerTo(
  { method, isNavigation, url }: Asked,
  origin: string,
  core: readonly string[],
): Answer {
  const { pathname } = url;
  // what the server says about documents is never kept here: it would outlive the right to see it
  const isServers = /^\/(api|sync)(\/|$)/.test(pathname);
  if (method !== "GET" || url.origin !== origin || isServers) return { kind: "network" };
  if (pathname.startsWith("/assets/")) return { kind: "asset" };
  if (core.includes(pathname) && pathname !== "/") return { kind: "file" };
  // a name with an ending is a file, which the page would not be
  if (isNavigation && !/\.\w+$/.test(pathname)) return { kind: "page" };
  return { kind: "network" };
}

const PREFIX = "shell-";
/** A tab that was open during an update still loads parts of the build before. */
const KEPT = 2;

export const cacheName = (version: string): string => PREFIX + version;

/** The caches that go when `version` takes over; `names` in the order in which they were made. */
export function outdatedCaches(names: readonly string[], version: string): readonly string[] {
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== cacheName(version));
  return others.slice(0, Math.max(0, others.length - (KEPT - 1)));
}
