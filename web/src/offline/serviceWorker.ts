import { answerTo, cacheName, outdatedCaches, type Shell } from "./shellPlan.ts";

type Lasting = Event & { waitUntil(work: Promise<unknown>): void };
type Fetch = Lasting & { readonly request: Request; respondWith(answer: Promise<Response>): void };
type Route = { readonly condition: unknown; readonly source: "network" };
type Install = Lasting & { addRoutes?(routes: readonly Route[]): Promise<void> };
type Worker = {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install", run: (event: Install) => void): void;
  addEventListener(type: "activate", run: (event: Lasting) => void): void;
  addEventListener(type: "fetch", run: (event: Fetch) => void): void;
  addEventListener(type: "message", run: (event: Lasting & { readonly data: unknown }) => void): void;
};

declare const __SHELL__: Shell;

const worker = globalThis as unknown as Worker;
const shell = __SHELL__;
const name = cacheName(shell.version);

async function install(): Promise<void> {
  const cache = await caches.open(name);
  // all or nothing: half a shell would show a page that breaks
  const request = (path: string) =>
    new Request(path, path.startsWith("/assets/") ? {} : { cache: "no-cache" });
  await cache.addAll(shell.core.map(request));
}

async function takeOver(): Promise<void> {
  for (const old of outdatedCaches(await caches.keys(), shell.version)) await caches.delete(old);
  await worker.clients.claim();
}

async function fetchRest(): Promise<void> {
  const cache = await caches.open(name);
  for (const path of shell.rest) {
    if ((await caches.match(path)) !== undefined) continue;
    try {
      await cache.add(path);
    } catch (_offlineOrFull) {
      // it is fetched when it is needed
      return;
    }
  }
}

async function fromCacheFirst(request: Request | string, isKept: boolean): Promise<Response> {
  const cache = await caches.open(name);
  const known = (await cache.match(request)) ?? (await caches.match(request));
  if (known !== undefined) return known;
  const response = await fetch(request);
  // without waiting; a full disk must not cost the answer
  if (isKept && response.ok) cache.put(request, response.clone()).catch(() => undefined);
  return response;
}

worker.addEventListener("install", (event) => {
  // the worker is not even started for what it would pass on
  const routes = ["/api/*", "/sync/*"].map((pathname) => ({
    condition: { urlPattern: { pathname } },
    source: "network" as const,
  }));
  const routed = event.addRoutes?.(routes).catch(() => undefined);
  event.waitUntil(Promise.all([install(), routed]).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));

worker.addEventListener("message", (event) => {
  if (event.data === "fetch-rest") event.waitUntil(fetchRest());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const asked = {
    method: request.method,
    isNavigation: request.mode === "navigate",
    url: new URL(request.url),
  };
  const { kind } = answerTo(asked, worker.location.origin, shell.core);
  if (kind === "page") event.respondWith(fromCacheFirst("/", false));
  if (kind === "file") event.respondWith(fromCacheFirst(request, false));
  if (kind === "asset") event.respondWith(fromCacheFirst(request, true));
});
