/** No program needs as much; reading it takes time with the square of its length. */
const MAX_STYLE = 8_000;

/** An element's own style as its declarations; a browser's `style` object drops what it does not know, as Word's `mso-list`. */
export function declarations(element: Element): ReadonlyMap<string, string> {
  const style = element.getAttribute("style")?.slice(0, MAX_STYLE) ?? null;
  const found = new Map<string, string>();
  if (style === null) return found;
  for (const [, name, value] of style.matchAll(/([\w-]+)\s*:\s*((?:"[^"]*"|'[^']*'|\([^)]*\)|[^;"'(])*)/g)) {
    if (name !== undefined && value !== undefined) found.set(name.toLowerCase(), value.trim());
  }
  return found;
}

type RGB = readonly [red: number, green: number, blue: number];

const names: Readonly<Record<string, string>> = {
  red: "ff0000",
  maroon: "800000",
  darkred: "8b0000",
  orange: "ffa500",
  yellow: "ffff00",
  olive: "808000",
  lime: "00ff00",
  green: "008000",
  teal: "008080",
  aqua: "00ffff",
  cyan: "00ffff",
  turquoise: "40e0d0",
  blue: "0000ff",
  navy: "000080",
  purple: "800080",
  fuchsia: "ff00ff",
  magenta: "ff00ff",
  pink: "ffc0cb",
  gray: "808080",
  grey: "808080",
  lightgrey: "d3d3d3",
  lightgray: "d3d3d3",
  silver: "c0c0c0",
};

function rgbOf(css: string): RGB | null {
  const text = css.trim().toLowerCase();
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})\b/.exec(text)?.[1] ?? names[/^[a-z]+/.exec(text)?.[0] ?? ""];
  if (hex !== undefined) {
    const long = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
    return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16)) as unknown as RGB;
  }
  const parts =
    /^rgba?\(([^)]*)\)/
      .exec(text)?.[1]
      ?.split(/[\s,/]+/)
      .filter(Boolean) ?? [];
  const [red, green, blue, alpha] = parts.map(Number);
  if (alpha !== undefined && alpha < 0.1) return null;
  if (red === undefined || green === undefined || blue === undefined) return null;
  return [red, green, blue].every(Number.isFinite) ? [red, green, blue] : null;
}

const hues: readonly (readonly [upTo: number, name: string])[] = [
  [15, "red"],
  [42, "orange"],
  [68, "yellow"],
  [170, "green"],
  [258, "blue"],
  [292, "purple"],
  [345, "pink"],
  [361, "red"],
];

function hueName([red, green, blue]: RGB): string {
  const most = Math.max(red, green, blue);
  const chroma = most - Math.min(red, green, blue);
  const sixth =
    most === red
      ? ((green - blue) / chroma + 6) % 6
      : most === green
        ? (blue - red) / chroma + 2
        : (red - green) / chroma + 4;
  const name = hues.find(([upTo]) => sixth * 60 < upTo)?.[1] ?? "red";
  return name === "orange" && most < 170 ? "brown" : name;
}

/** Which of the document's colours letters of a CSS colour come nearest to; null for black, white and what is nearly so. */
export function inkName(css: string): string | null {
  const rgb = rgbOf(css);
  if (rgb === null) return null;
  const [least, most] = [Math.min(...rgb), Math.max(...rgb)];
  if (most - least >= 60) return hueName(rgb);
  return least >= 0x59 && most <= 0xc0 ? "gray" : null;
}

/** The same for the ground behind letters: "yellow" is what a mark is without a colour. */
export function groundName(css: string): string | null {
  const rgb = rgbOf(css);
  if (rgb === null) return null;
  const [least, most] = [Math.min(...rgb), Math.max(...rgb)];
  if (most - least >= 20) return hueName(rgb);
  return most >= 0x90 && most <= 0xe0 ? "gray" : null;
}
