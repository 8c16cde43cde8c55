import { isSameState, type ProviderState } from "./state.ts";

/** The newest snapshot of the state, and who is told when another follows it. */
export class PublishedState {
  readonly #take: () => ProviderState;
  readonly #tell: (state: ProviderState, before: ProviderState) => void;
  #isPublishing = false;
  #now: ProviderState;

  constructor(take: () => ProviderState, tell: (state: ProviderState, before: ProviderState) => void) {
    this.#take = take;
    this.#tell = tell;
    this.#now = take();
  }

  get now(): ProviderState {
    return this.#now;
  }

  /** Takes a snapshot, and tells of it if it says anything new. */
  publish(): void {
    if (this.#isPublishing) return;
    this.#isPublishing = true;
    try {
      // a listener may change the state again: everybody hears of the first change before the second
      while (this.#publishOnce());
    } finally {
      this.#isPublishing = false;
    }
  }

  #publishOnce(): boolean {
    const before = this.#now;
    const state = this.#take();
    if (isSameState(before, state)) return false;
    this.#now = state;
    this.#tell(state, before);
    return true;
  }
}
