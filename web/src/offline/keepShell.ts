import { toast } from "../app/toast.ts";
import { offlineText } from "./text.ts";

/** Milliseconds. An update that does not come must not keep a person from reloading. */
const UPDATE_MS = 8_000;

function workers(): ServiceWorkerContainer | null {
  // absent on a page that came over an unsafe connection, and in some private windows
  return navigator.serviceWorker ?? null;
}

function tellOfUpdate(): void {
  toast(offlineText.newVersion, {
    id: "new-version",
    description: offlineText.newVersionHint,
    duration: Number.POSITIVE_INFINITY,
    action: { label: offlineText.reload, onClick: () => void reloadPage() },
  });
}

function afterLoading(run: () => void): void {
  const whenIdle = () => (window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1_000)))(run);
  if (document.readyState === "complete") whenIdle();
  else window.addEventListener("load", whenIdle, { once: true });
}

/** Lets the page itself be there without a server, from its second load on. */
export function keepShell(): void {
  const container = workers();
  if (container === null) return;
  // the first worker of this browser takes over, too, and is no update
  let isUpdate = container.controller !== null;
  container.addEventListener("controllerchange", () => {
    if (isUpdate) tellOfUpdate();
    isUpdate = true;
  });
  afterLoading(() => {
    container
      .register("/sw.js", { updateViaCache: "none" })
      .then(() => container.ready)
      .then(({ active }) => active?.postMessage("fetch-rest"))
      // a browser that refuses it works as before there were any
      .catch(() => undefined);
  });
}

/** Reloads the page, in the newest version that there is. */
export async function reloadPage(): Promise<void> {
  try {
    const registration = await workers()?.getRegistration();
    if (registration !== undefined) await update(registration);
  } catch (_offline) {
    // then the page is as old as before, and comes back with everything that is kept
  }
  window.location.reload();
}

async function update(registration: ServiceWorkerRegistration): Promise<void> {
  await registration.update();
  const next = registration.installing ?? registration.waiting;
  if (next === null) return;
  await new Promise<void>((resolve) => {
    setTimeout(resolve, UPDATE_MS);
    next.addEventListener("statechange", () => {
      if (next.state === "activated" || next.state === "redundant") resolve();
    });
  });
}
