import * as decoding from "lib0/decoding";
import type { ClientId, IdRange } from "./ids.ts";
import { readContent } from "./read-content.ts";
import { Refusal, type RefusalReason } from "./refusal.ts";
import { defaultUpdateLimits, type UpdateLimits } from "./update-limits.ts";

/** A struct's id, or what it refers to. */
export interface StructId {
  readonly client: ClientId;
  readonly clock: number;
}

export interface Struct {
  readonly clock: number;
  readonly length: number;
  /** Left neighbour when it was inserted. */
  readonly origin: StructId | null;
  readonly rightOrigin: StructId | null;
  /** The item whose type holds this struct; null under a root type and where the neighbours tell. */
  readonly parent: StructId | null;
  /** It holds a shared type, so that other structs can be inside it. */
  readonly isType: boolean;
  /** UTF-16 units of text. */
  readonly text: number;
}

/** The structs of one client, ascending; where clocks are missing between two of them, the update skipped them. */
export interface Section {
  readonly client: ClientId;
  readonly structs: readonly Struct[];
  /** Where in the bytes its structs begin and end, skipped stretches included. */
  readonly from: number;
  readonly to: number;
}

export interface UpdateShape {
  readonly sections: readonly Section[];
  readonly deletes: readonly IdRange[];
  /** Where in the bytes the delete set begins. */
  readonly deletesAt: number;
}

export type ReadUpdate =
  | { readonly ok: true; readonly shape: UpdateShape }
  | { readonly ok: false; readonly reason: RefusalReason };

const MAX_UINT32 = 0xffff_ffff;
const MAX_CLOCK = 0x8000_0000;
const ROOT_NAME = /^[A-Za-z0-9_.:-]{1,64}$/;
/** As keys these change the prototype of the decoded object instead of setting a property. */
const FORBIDDEN_NAMES = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Reads a V1 update without building Yjs structs: memory stays proportional to the bytes, whatever lengths they
 * claim, and everything on which Yjs would throw half way through applying is refused here first.
 * The grammar is Yjs's `UpdateDecoderV1`.
 */
export function readUpdate(bytes: Uint8Array, limits: UpdateLimits = defaultUpdateLimits): ReadUpdate {
  try {
    const input = decoding.createDecoder(bytes);
    const sections = readSections(input, limits);
    const deletesAt = input.pos;
    const deletes = readDeletes(input, limits);
    if (decoding.hasContent(input)) throw new Refusal("malformed");
    return { ok: true, shape: { sections, deletes, deletesAt } };
  } catch (error) {
    // anything but a Refusal is lib0 at the end of the bytes, or at broken UTF-8
    return { ok: false, reason: error instanceof Refusal ? error.reason : "malformed" };
  }
}

function readSections(input: decoding.Decoder, limits: UpdateLimits): Section[] {
  const count = decoding.readVarUint(input);
  if (count > limits.maxClients) throw new Refusal("too-many-clients");
  const sections: Section[] = [];
  const seen = new Set<number>();
  let budget = limits.maxStructs;
  for (let i = 0; i < count; i++) {
    const structCount = decoding.readVarUint(input);
    budget -= structCount;
    if (budget < 0) throw new Refusal("too-many-structs");
    const client = readClient(input);
    // Yjs keeps the last section of a client and forgets the others: what it dropped would be acknowledged
    if (seen.has(client)) throw new Refusal("malformed");
    seen.add(client);
    const structs: Struct[] = [];
    let clock = decoding.readVarUint(input);
    const from = input.pos;
    for (let k = 0; k < structCount; k++) {
      // readUint8 yields undefined past the end instead of throwing
      if (!decoding.hasContent(input)) throw new Refusal("malformed");
      const info = decoding.readUint8(input);
      const struct = readStruct(input, info, client, clock, limits);
      if (struct.length < 1 || clock + struct.length > MAX_CLOCK) throw new Refusal("bad-clock");
      if (struct.kind !== "skip") structs.push(struct);
      clock += struct.length;
    }
    sections.push({ client, structs, from, to: input.pos });
  }
  return sections;
}

type ReadStruct = Struct & { readonly kind: "skip" | "gc" | "item" };

function readStruct(
  input: decoding.Decoder,
  info: number,
  client: ClientId,
  clock: number,
  limits: UpdateLimits,
): ReadStruct {
  const contentRef = info & 0b1_1111;
  if (contentRef === 0 || contentRef === 10) {
    // Yjs ignores the upper bits here; other implementations may not
    if (info !== contentRef) throw new Refusal("malformed");
    const kind = contentRef === 0 ? "gc" : "skip";
    const length = decoding.readVarUint(input);
    return { kind, clock, length, origin: null, rightOrigin: null, parent: null, isType: false, text: 0 };
  }
  const origin = info & 0b1000_0000 ? readId(input) : null;
  const rightOrigin = info & 0b0100_0000 ? readId(input) : null;
  let parent: StructId | null = null;
  if (origin === null && rightOrigin === null) {
    if (decoding.readVarUint(input) === 1) readRootName(input);
    else parent = readId(input);
    if (info & 0b0010_0000) readName(input, limits);
  }
  const content = readContent(input, contentRef, limits);
  for (const id of [origin, rightOrigin, parent]) {
    // Yjs takes a client's own ids as known without looking, and throws on one that is still to come
    if (id !== null && id.client === client && id.clock >= clock) throw new Refusal("bad-reference");
  }
  return { kind: "item", clock, origin, rightOrigin, parent, ...content };
}

function readDeletes(input: decoding.Decoder, limits: UpdateLimits): IdRange[] {
  const clients = decoding.readVarUint(input);
  if (clients > limits.maxClients) throw new Refusal("too-many-clients");
  const ranges: IdRange[] = [];
  for (let i = 0; i < clients; i++) {
    const client = readClient(input);
    const count = decoding.readVarUint(input);
    if (ranges.length + count > limits.maxDeleteRanges) throw new Refusal("too-many-deletes");
    for (let k = 0; k < count; k++) {
      const clock = decoding.readVarUint(input);
      const length = decoding.readVarUint(input);
      if (length < 1 || clock + length > MAX_CLOCK) throw new Refusal("bad-clock");
      ranges.push({ client, clock, length });
    }
  }
  return ranges;
}

function readClient(input: decoding.Decoder): ClientId {
  const client = decoding.readVarUint(input);
  if (client > MAX_UINT32) throw new Refusal("bad-client");
  return client as ClientId;
}

function readId(input: decoding.Decoder): StructId {
  const client = readClient(input);
  const clock = decoding.readVarUint(input);
  if (clock >= MAX_CLOCK) throw new Refusal("bad-clock");
  return { client, clock };
}

function readRootName(input: decoding.Decoder): void {
  const name = decoding.readVarString(input);
  if (!ROOT_NAME.test(name) || FORBIDDEN_NAMES.has(name)) throw new Refusal("bad-name");
}

/** A map key, an attribute's or an element's name. */
export function readName(input: decoding.Decoder, limits: UpdateLimits): string {
  const name = decoding.readVarString(input);
  if (name.length > limits.maxNameLength || FORBIDDEN_NAMES.has(name)) throw new Refusal("bad-name");
  return name;
}
