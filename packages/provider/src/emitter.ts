type Listener<A extends readonly unknown[]> = (...args: A) => void;

/** Typed events: a map from the event's name to the arguments of its listeners. */
export class Emitter<Events extends { [K in keyof Events]: readonly unknown[] }> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();

  /** Calls `listener` at every `event` from now on. Adding the same function twice has no effect. */
  on<K extends keyof Events>(event: K, listener: Listener<Events[K]>): void {
    const listeners = this.#listeners.get(event);
    if (listeners === undefined) this.#listeners.set(event, new Set([listener as Listener<never>]));
    else listeners.add(listener as Listener<never>);
  }

  /** Stops calling `listener`; one that was never added is no error. */
  off<K extends keyof Events>(event: K, listener: Listener<Events[K]>): void {
    this.#listeners.get(event)?.delete(listener as Listener<never>);
  }

  /** Calls `listener` at the next `event` only. */
  once<K extends keyof Events>(event: K, listener: Listener<Events[K]>): void {
    const first: Listener<Events[K]> = (...args) => {
      this.off(event, first);
      listener(...args);
    };
    this.on(event, first);
  }

  protected emit<K extends keyof Events>(event: K, ...args: Events[K]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        (listener as Listener<Events[K]>)(...args);
      } catch (error) {
        // thrown here it would leave a half-finished transition behind; the platform still reports it
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  protected removeListeners(): void {
    this.#listeners.clear();
  }
}
