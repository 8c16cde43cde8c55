/** No picture is kept with a longer side: it would be larger than any window shows it. */
export const LONGEST = 4096;
/** Narrower than this nobody can get hold of its edges. */
export const NARROWEST = 48;
/** So near to the width of the text it is meant to be that. */
const SNAP = 14;

export type Size = { readonly width: number; readonly height: number };

/** The size within what is kept, in whole pixels, of the same shape. */
export function within({ width, height }: Size, longest = LONGEST): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** What is stored of a width: nothing where the picture is as wide as the text, or would be wider. */
export function storedWidth(width: number, column: number): number | null {
  if (width >= column - SNAP) return null;
  return Math.max(NARROWEST, Math.round(width));
}

/** What a key does to a width; null for other keys. */
export function widthByKey(key: string, large: boolean, width: number, column: number): number | null {
  const step = large ? 64 : 16;
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(NARROWEST, Math.min(width, column) - step);
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(column, width + step);
    case "Home":
      return NARROWEST;
    case "End":
      return column;
    default:
      return null;
  }
}

/**
 * The width that a drag means.
 *
 * @param moved to the right, in px
 * @param side the edge that is held; a picture in the middle grows at both
 */
export function widthByDrag(
  begun: number,
  moved: number,
  side: "left" | "right",
  centered: boolean,
  column: number,
): number {
  const grown = (side === "right" ? moved : -moved) * (centered ? 2 : 1);
  const width = Math.max(NARROWEST, Math.min(column, begun + grown));
  return width > column - SNAP ? column : width;
}
