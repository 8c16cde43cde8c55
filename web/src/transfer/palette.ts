/** The document's colours as they look on white paper: what the light theme has, for files that know no theme. */
export const inks: Readonly<Record<string, string>> = {
  gray: "5F5A52",
  brown: "7A4826",
  orange: "8F4200",
  yellow: "6F5200",
  green: "1F6335",
  blue: "1A579C",
  purple: "633A9E",
  pink: "99206A",
  red: "A0231A",
};

export const grounds: Readonly<Record<string, string>> = {
  gray: "ECEAE5",
  brown: "F1E6DE",
  orange: "FBE6D2",
  yellow: "FBE7A1",
  green: "DDEFDC",
  blue: "DCEBF9",
  purple: "EBE3F7",
  pink: "F9E1EE",
  red: "FBE2DE",
};

/** The line beside a callout. */
export const calloutInks: Readonly<Record<string, string>> = {
  note: "1A579C",
  tip: "1F6335",
  important: "633A9E",
  warning: "8F4200",
  caution: "A0231A",
};

/** By a name that anybody may have written. */
export function colourOf(table: Readonly<Record<string, string>>, name: unknown): string | undefined {
  return typeof name === "string" && Object.hasOwn(table, name) ? table[name] : undefined;
}
