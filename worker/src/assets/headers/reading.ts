/** What the bytes of a picture say of it. */
export type PictureRead =
  | {
      readonly ok: true;
      /** As it is shown, in px. */
      readonly width: number;
      readonly height: number;
      /** The picture again, without what says where, when and with what it was taken, and without what stands behind its end. */
      readonly parts: readonly Uint8Array[];
    }
  | { readonly ok: false; readonly reason: Unreadable };

/** `cut` ends before the picture does. `broken` does not go on as its kind does. */
export type Unreadable = "cut" | "broken";

export const CUT = { ok: false, reason: "cut" } as const;
export const BROKEN = { ok: false, reason: "broken" } as const;

export function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
