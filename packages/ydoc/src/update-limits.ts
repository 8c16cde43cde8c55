/** Caps on one update, checked while it is read and before anything is allocated for it. */
export interface UpdateLimits {
  readonly maxStructs: number;
  readonly maxClients: number;
  readonly maxDeleteRanges: number;
  /** How deep shared types may nest inside one update, and JSON values inside one struct. */
  readonly maxDepth: number;
  /** Characters of a root type's name, an element's name, a map key. */
  readonly maxNameLength: number;
}

export const defaultUpdateLimits: UpdateLimits = {
  maxStructs: 400_000,
  maxClients: 10_000,
  maxDeleteRanges: 400_000,
  maxDepth: 64,
  maxNameLength: 256,
};
