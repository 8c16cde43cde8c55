/** Caps on one update, checked while it is read and before anything is allocated for it. */
export interface UpdateLimits {
  /** Each takes about 100 bytes while it is judged. */
  readonly maxStructs: number;
  /** The next changes of one client are judged in one walk, at five bytes a struct: a large paste may have so many. */
  readonly maxWalkedStructs: number;
  readonly maxClients: number;
  readonly maxDeleteRanges: number;
  /** How deep shared types may nest inside one update, and JSON values inside one struct. At most 254. */
  readonly maxDepth: number;
  /** Characters of a root type's name, an element's name, a map key. */
  readonly maxNameLength: number;
}

export const defaultUpdateLimits: UpdateLimits = {
  maxStructs: 400_000,
  // more do not fit into a message of 8 MiB
  maxWalkedStructs: 4_200_000,
  maxClients: 10_000,
  maxDeleteRanges: 400_000,
  maxDepth: 64,
  maxNameLength: 256,
};
