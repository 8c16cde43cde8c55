/** A name that every file system takes, from a title that may hold anything. */
export function fileName(title: string, ending: string, untitled: string): string {
  const name = title
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\s]+/gu, " ")
    .trim()
    .replace(/^\.+|[. ]+$/g, "")
    .slice(0, 80)
    .trim();
  // Names of devices on Windows.
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(name) ? `${name}_` : name;
  return `${safe === "" ? untitled : safe}.${ending}`;
}
