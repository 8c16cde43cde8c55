import * as decoding from "lib0/decoding";
import type { ClientId } from "./ids.ts";
import { readContent } from "./read-content.ts";
import { readName, readRootName, skip, skipString } from "./read-names.ts";
import { Refusal } from "./refusal.ts";
import type { UpdateLimits } from "./update-limits.ts";

const MAX_UINT32 = 0xffff_ffff;
const MAX_CLOCK = 0x8000_0000;

/** In place of a client where a struct has no such reference. */
export const NOBODY = -1;

/** Yjs's number of a stretch that an update leaves out. */
export const SKIPPED_REF = 10;
/** … and of collected garbage: a struct of which only the length is left. */
export const GARBAGE_REF = 0;

/** Where the structs of one client stand in the bytes of an update. */
export interface Place {
  readonly client: ClientId;
  /** Clock of the first struct, skipped stretches included. */
  readonly clock: number;
  /** Structs, skipped stretches included. */
  readonly count: number;
  /** Byte position of the first struct. */
  readonly from: number;
}

/**
 * Walks a V1 update struct by struct. The fields tell about the struct that `nextStruct` came to, in numbers that the
 * next step overwrites: an object for each of a million structs would take several times the memory of the update.
 * The grammar is Yjs's `UpdateDecoderV1`. Order: sections and their structs, then the delete ranges.
 *
 * With limits everything is refused on which Yjs would throw half way through applying; reading stays proportional to
 * the bytes, whatever lengths they claim. Without limits (`null`) the bytes are our own, checked on their way in: no
 * more of them is looked at than it takes to find where each struct ends.
 *
 * Its methods throw a Refusal, or what lib0 throws at the end of the bytes and at broken UTF-8.
 */
export class UpdateCursor {
  readonly #input: decoding.Decoder;
  readonly #limits: UpdateLimits | null;
  /** Clients whose sections were walked; most updates have one, for which no set is worth making. */
  #seen: Set<number> | null = null;
  #firstSeen = NOBODY;
  #sectionsLeft: number;
  #structsLeft = 0;
  #budget: number;
  #deleteClientsLeft = -1;
  #deletesLeft = 0;
  #deletes = 0;

  /** Of the section, or of the delete range. */
  client = 0 as ClientId;
  clock = 0;
  length = 0;
  /** What it holds, by Yjs's numbers: SKIPPED_REF, GARBAGE_REF, or an item's content. */
  contentRef = 0;
  /** Byte positions at which the struct begins and ends. */
  from = 0;
  to = 0;
  /** Byte position of an item's content, behind its references. */
  contentFrom = 0;
  /** It is the value of a key, not a part of a sequence. What refers to a neighbour may leave that out. */
  isKeyed = false;
  /** Left neighbour when it was inserted; the client is NOBODY where there is none. */
  originClient = NOBODY;
  originClock = 0;
  rightOriginClient = NOBODY;
  rightOriginClock = 0;
  /** The item whose type holds it; NOBODY under a root type and where the neighbours tell. */
  parentClient = NOBODY;
  parentClock = 0;
  /** Byte positions of the root type's name that it carries; equal when it carries none. */
  rootFrom = 0;
  rootTo = 0;

  /** @param maxStructs where another number of structs may be read than `limits` has */
  constructor(
    bytes: Uint8Array,
    limits: UpdateLimits | null,
    maxStructs: number = limits?.maxStructs ?? Number.MAX_SAFE_INTEGER,
  ) {
    this.#input = decoding.createDecoder(bytes);
    this.#limits = limits;
    this.#budget = maxStructs;
    this.#sectionsLeft = this.#readCount("too-many-clients", limits?.maxClients);
  }

  /** Byte position up to which was read: between two steps, where the next thing begins. */
  get position(): number {
    return this.#input.pos;
  }

  get isAtEnd(): boolean {
    return !decoding.hasContent(this.#input);
  }

  /** Clients whose structs were not walked yet. */
  get sectionsLeft(): number {
    return this.#sectionsLeft;
  }

  /** Goes to the next client's structs; the ones of the section before must have been walked. */
  nextSection(): boolean {
    if (this.#sectionsLeft === 0) return false;
    this.#sectionsLeft--;
    const count = decoding.readVarUint(this.#input);
    this.#budget -= count;
    if (this.#budget < 0) throw new Refusal("too-many-structs");
    this.client = this.#readClient();
    // Yjs keeps the last section of a client and forgets the others: what it dropped would be acknowledged
    if (this.client === this.#firstSeen || this.#seen?.has(this.client)) throw new Refusal("malformed");
    if (this.#firstSeen === NOBODY) this.#firstSeen = this.client;
    else {
      this.#seen ??= new Set();
      this.#seen.add(this.client);
    }
    this.clock = decoding.readVarUint(this.#input);
    this.length = 0;
    this.#structsLeft = count;
    return true;
  }

  /** Goes to a section known from an earlier walk over the same bytes. */
  enter({ client, clock, count, from }: Place): void {
    this.client = client;
    this.clock = clock;
    this.length = 0;
    this.#structsLeft = count;
    this.#input.pos = from;
  }

  /** Structs of the section that were not walked yet. */
  get structsLeft(): number {
    return this.#structsLeft;
  }

  nextStruct(): boolean {
    if (this.#structsLeft === 0) return false;
    this.#structsLeft--;
    const input = this.#input;
    this.clock += this.length;
    this.from = input.pos;
    // readUint8 yields undefined past the end instead of throwing
    if (!decoding.hasContent(input)) throw new Refusal("malformed");
    const info = decoding.readUint8(input);
    this.contentRef = info & 0b1_1111;
    this.isKeyed = (info & 0b0010_0000) !== 0;
    this.originClient = NOBODY;
    this.rightOriginClient = NOBODY;
    this.parentClient = NOBODY;
    this.rootFrom = 0;
    this.rootTo = 0;
    if (this.contentRef === GARBAGE_REF || this.contentRef === SKIPPED_REF) {
      // Yjs ignores the upper bits here; other implementations may not
      if (info !== this.contentRef) throw new Refusal("malformed");
      this.length = decoding.readVarUint(input);
    } else this.#readItem(info);
    if (this.length < 1 || this.clock + this.length > MAX_CLOCK) throw new Refusal("bad-clock");
    this.to = input.pos;
    return true;
  }

  /** Goes to the next range of the delete set; all sections must have been walked. */
  nextDelete(): boolean {
    const input = this.#input;
    if (this.#deleteClientsLeft < 0) {
      this.#deleteClientsLeft = this.#readCount("too-many-clients", this.#limits?.maxClients);
    }
    while (this.#deletesLeft === 0) {
      if (this.#deleteClientsLeft === 0) return false;
      this.#deleteClientsLeft--;
      this.client = this.#readClient();
      this.#deletesLeft = decoding.readVarUint(input);
      this.#deletes += this.#deletesLeft;
      if (this.#limits !== null && this.#deletes > this.#limits.maxDeleteRanges) {
        throw new Refusal("too-many-deletes");
      }
    }
    this.#deletesLeft--;
    this.clock = decoding.readVarUint(input);
    this.length = decoding.readVarUint(input);
    if (this.length < 1 || this.clock + this.length > MAX_CLOCK) throw new Refusal("bad-clock");
    return true;
  }

  #readItem(info: number): void {
    const input = this.#input;
    const limits = this.#limits;
    if (info & 0b1000_0000) {
      this.originClient = this.#readClient();
      this.originClock = this.#readClock(this.originClient);
    }
    if (info & 0b0100_0000) {
      this.rightOriginClient = this.#readClient();
      this.rightOriginClock = this.#readClock(this.rightOriginClient);
    }
    if ((info & 0b1100_0000) === 0) {
      if (decoding.readVarUint(input) === 1) {
        const at = input.pos;
        const bytes = decoding.readVarUint(input);
        this.rootFrom = input.pos;
        skip(input, bytes);
        this.rootTo = input.pos;
        if (limits !== null) {
          input.pos = at;
          readRootName(input);
        }
      } else {
        this.parentClient = this.#readClient();
        this.parentClock = this.#readClock(this.parentClient);
      }
      if (info & 0b0010_0000) limits === null ? skipString(input) : readName(input, limits);
    }
    this.contentFrom = input.pos;
    this.length = readContent(input, this.contentRef, limits);
  }

  #readCount(reason: "too-many-clients", most: number | undefined): number {
    const count = decoding.readVarUint(this.#input);
    if (most !== undefined && count > most) throw new Refusal(reason);
    return count;
  }

  #readClient(): ClientId {
    const client = decoding.readVarUint(this.#input);
    if (client > MAX_UINT32) throw new Refusal("bad-client");
    return client as ClientId;
  }

  #readClock(client: number): number {
    const clock = decoding.readVarUint(this.#input);
    if (clock >= MAX_CLOCK) throw new Refusal("bad-clock");
    // Yjs takes a client's own ids as known without looking, and throws on one that is still to come
    if (client === this.client && clock >= this.clock) throw new Refusal("bad-reference");
    return clock;
  }
}
