import { locale } from "../../i18n/language.ts";

const steps = ["byte", "kilobyte", "megabyte"] as const;

/** "3.4 MB", as the reader's language writes it. */
export function fileSizeText(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < steps.length - 1) {
    value /= 1024;
    step++;
  }
  const digits = step === 0 || value >= 10 ? 0 : 1;
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: steps[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: digits,
  }).format(value);
}
