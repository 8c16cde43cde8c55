import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { useSettled } from "./settled.ts";

const firstWaitMs = 2_000;
const longestWaitMs = 60_000;

/** Asks again when the network is back or some time has passed: what only serves the text must not end the page. */
export async function untilLoaded<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    try {
      return await load();
    } catch (_noNetwork) {
      await new Promise<unknown>((resolve) => {
        window.addEventListener("online", resolve, { once: true });
        setTimeout(resolve, waitMs);
      });
    }
  }
}

/**
 * A part of the page that is loaded once the page can be used, with what stands in its place until then: menus and dialogs
 * would otherwise be half of what has to arrive before anybody can type.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  placeholder: (props: Props) => ReactNode = () => null,
): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await untilLoaded(load) })) as unknown as ComponentType<Props>;
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, at the top level of a module
  return function Later(props: Props) {
    const { settled } = useSettled();
    const waiting = placeholder(props);
    if (!settled) return waiting;
    return (
      <Suspense fallback={waiting}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

/** A part that asks the server, with the cache for its answers around it. */
export async function asking<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): Promise<ComponentType<Props>> {
  const [Part, { Queries }] = await Promise.all([load(), import("./Queries.tsx")]);
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, when it is loaded
  return function Asking(props: Props) {
    return (
      <Queries>
        <Part {...props} />
      </Queries>
    );
  };
}

/** `lazy`, for a part that asks the server. */
export function lazyAsking<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  return lazy(async () => ({ default: await asking(load) })) as unknown as ComponentType<Props>;
}
