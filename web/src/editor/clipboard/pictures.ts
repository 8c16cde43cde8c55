import { isSafeImageSource } from "@palimpsest/schema";
import { declarations } from "./css.ts";

/** What becomes of an `<img>`. */
export type Picture =
  | { readonly kind: "picture"; readonly src: string }
  /** A smiley drawn as a picture. */
  | { readonly kind: "text"; readonly text: string }
  /** The bytes are in the text itself: they may become an asset. */
  | { readonly kind: "bytes"; readonly src: string }
  /** A picture somebody would miss: it lies on another computer. */
  | { readonly kind: "lost" }
  /** What counts who reads, draws a bullet, or is nothing. */
  | { readonly kind: "junk" };

function measure(element: Element, name: "width" | "height"): number | null {
  const text = element.getAttribute(name) ?? declarations(element).get(name);
  const size = Number.parseFloat(text ?? "");
  return Number.isFinite(size) && !/%$/.test(text ?? "") ? size : null;
}

export function pictureOf(element: Element): Picture {
  const src = element.getAttribute("src")?.trim() ?? "";
  const alt = element.getAttribute("alt") ?? "";
  const [width, height] = [measure(element, "width"), measure(element, "height")];
  if (width !== null && height !== null && width <= 2 && height <= 2) return { kind: "junk" };
  const isSmall = /\bemoji\b/i.test(element.className) || (width !== null && width <= 32);
  if (isSmall && alt.length <= 16 && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(alt))
    return { kind: "text", text: alt };
  if (isSafeImageSource(src) && !src.startsWith("asset:")) return { kind: "picture", src };
  if (/^data:image\/(?:png|jpe?g|gif|webp);base64,/i.test(src)) {
    const isBullet = width !== null && height !== null && width <= 24 && height <= 24;
    return isBullet || src.length < 200 ? { kind: "junk" } : { kind: "bytes", src };
  }
  return src === "" || /^data:/i.test(src) ? { kind: "junk" } : { kind: "lost" };
}
