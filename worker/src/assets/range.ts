export interface Part {
  readonly offset: number;
  readonly length: number;
}

/**
 * The one part of `size` bytes that a Range header asks for; null where it asks for none or for several, which are
 * answered with everything. Source: RFC 9110, section 14.
 */
export function readRange(header: string, size: number): Part | "unsatisfiable" | null {
  const read = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (read === null) return null;
  const [, first = "", last = ""] = read;
  if (first === "") {
    if (last === "") return null;
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { offset: size - length, length };
  }
  const offset = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < offset) return null;
  return offset >= size ? "unsatisfiable" : { offset, length: end - offset + 1 };
}
