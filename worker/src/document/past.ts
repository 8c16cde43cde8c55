import { type Frame, planStretch, type Seq } from "@palimpsest/history";
import { Damage, type DocumentStore } from "@palimpsest/store";
import { condense, Timeline, Weave } from "@palimpsest/ydoc";
import { extentOf } from "./moment.ts";
import { FrameFacts } from "./told.ts";

/** Nobody has looked for this long: what was loaded for it may go. */
const KEPT_MS = 10_000;

/**
 * Who has looked at two moments as near to each other as this looks at more of them there: those frames are loaded on
 * either side. One that is farther off is a moment of its own, which is soonest shown without what is around it.
 */
const REACH_FRAMES = 8_000;

/** A stretch of the past, and whose its frames are. */
export interface Stretch {
  readonly weave: Weave;
  readonly facts: FrameFacts;
}

/** When and by whom everything was written, as far back as the log goes. */
export interface Origins {
  readonly timeline: Timeline;
  readonly facts: FrameFacts;
}

/** What lies between the moments was dropped. */
export interface BeforeFloor {
  readonly ok: false;
  readonly code: "before-floor";
  readonly floor: Seq;
}

/**
 * The past as it was loaded last. A first look is answered by what it needs: the state at that moment, with no frame of its
 * own. Who drags a slider asks for twenty moments a second beside each other: the second one weaves a stretch around them,
 * and each that follows is a walk over it. Hibernation forgets it; where people go on typing, the alarm does.
 */
export class Past {
  readonly #store: DocumentStore;
  #stretch: Stretch | null = null;
  #origins: Origins | null = null;
  #lookedAt = 0;

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  /**
   * A stretch in which both moments lie; null when it would not fit the isolate.
   *
   * @param first resolved moments, the earlier one first
   * @throws Damage where the log between them cannot be read
   */
  stretch(first: Seq, last: Seq, now: number): Stretch | BeforeFloor | null {
    this.#lookedAt = now;
    const known = this.#stretch;
    if (known?.weave.covers(first) && known.weave.covers(last)) return known;
    // before anything is noted in it: what cannot be read ends this half way through
    this.#forget();
    const isNear =
      known !== null && first >= known.weave.start - REACH_FRAMES && last <= known.weave.end + REACH_FRAMES;
    try {
      return this.#load(first, last, isNear ? REACH_FRAMES : 0);
    } catch (error) {
      if (!isNear || !(error instanceof Damage) || error.part !== "log") throw error;
      // it may lie beside what was asked for
      return this.#load(first, last, 0);
    }
  }

  #load(first: Seq, last: Seq, reach: number): Stretch | BeforeFloor | null {
    const store = this.#store;
    return store.readAround(() => {
      const plan = planStretch(first, last, extentOf(store), reach);
      if (plan.kind === "before-floor") return { ok: false, code: "before-floor", floor: plan.floor };
      if (plan.kind === "beyond-head") throw new Error("a moment was not resolved before it was shown");
      const { base, start, end } = plan;
      const updates = base > 0 ? [store.readSnapshot(base, "update")] : [];
      if (start > base) updates.push(condense([...store.updates(base, start)]));
      const facts = new FrameFacts(start);
      const frames = [...facts.note(readable(store, start, last, end))];
      const weave = Weave.within({ seq: start, updates, frames });
      this.#stretch = weave === null ? null : { weave, facts };
      return this.#stretch;
    });
  }

  /** The same for somebody who changes it: it is theirs to destroy, and is not shown to anybody else. */
  take(first: Seq, last: Seq, now: number): Stretch | BeforeFloor | null {
    const stretch = this.stretch(first, last, now);
    this.#stretch = null;
    return stretch;
  }

  /** @param seq as far as which they must be known */
  origins(seq: Seq, now: number): Origins {
    this.#lookedAt = now;
    const store = this.#store;
    const { floor, head } = store.stats();
    const known = this.#origins;
    if (known !== null) {
      const { timeline, facts } = known;
      if (timeline.end < seq) timeline.extend(facts.note(around(store, timeline.end as Seq, head)));
      return known;
    }
    const facts = new FrameFacts(floor);
    const base = floor > 0 ? [store.readSnapshot(floor, "update")] : [];
    const timeline = Timeline.from(floor, base, facts.note(around(store, floor, head)));
    this.#origins = { timeline, facts };
    return this.#origins;
  }

  /** Gives the memory back when nobody looks any more. */
  tidy(now: number): void {
    if (now - this.#lookedAt < KEPT_MS) return;
    this.#forget();
    this.#origins = null;
  }

  #forget(): void {
    this.#stretch?.weave.destroy();
    this.#stretch = null;
  }
}

/** The frames in (`after`, `end`], or those before one that cannot be read when that is needed for no moment. */
function* readable(store: DocumentStore, after: Seq, last: Seq, end: Seq): Generator<Frame> {
  try {
    yield* store.frames(after, end);
  } catch (error) {
    if (!(error instanceof Damage) || error.part !== "log" || error.seq <= last) throw error;
  }
}

/** The frames in (`after`, `through`] that can be read: of the others it is only unknown who wrote what they brought. */
function* around(store: DocumentStore, after: Seq, through: Seq): Generator<Frame> {
  for (let from = after; from < through; ) {
    try {
      yield* store.frames(from, through);
      return;
    } catch (error) {
      if (!(error instanceof Damage) || error.part !== "log" || error.through <= from) throw error;
      from = error.through;
    }
  }
}
