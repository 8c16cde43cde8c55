/** Yjs's name for one editing replica: an unsigned 32-bit integer, new for every `Y.Doc`. */
export type ClientId = number & { readonly unit: "ClientId" };

/** `length` consecutive clocks of one client, from `clock` on. */
export interface IdRange {
  readonly client: ClientId;
  readonly clock: number;
  readonly length: number;
}
