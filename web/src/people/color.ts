/** White text on each of these has a contrast of at least 4.5. */
export const swatches = [
  "#b4232c",
  "#a8480d",
  "#8a5a00",
  "#4d7300",
  "#137333",
  "#00706b",
  "#0b6a94",
  "#2557c7",
  "#5b45c9",
  "#8a35b8",
  "#b0217f",
  "#7a4b3a",
] as const;

const fallback = "#6b6459";

/** Presence comes from other people's browsers: anything but #rrggbb would end in our style attributes. */
export function safeColor(color: unknown): string {
  return typeof color === "string" && /^#[0-9a-f]{6}$/i.test(color) ? color : fallback;
}

function channel(hex: string, start: number): number {
  const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** The text colour that reads better on a person's colour (WCAG relative luminance). */
export function inkOn(color: string): "#ffffff" | "#14120f" {
  const hex = safeColor(color);
  const luminance = 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
  return luminance > 0.183 ? "#14120f" : "#ffffff";
}
