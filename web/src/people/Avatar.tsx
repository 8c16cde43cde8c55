import { inkOn, safeColor } from "./color.ts";
import { initials } from "./initials.ts";

type Props = { readonly name: string; readonly color: string; readonly own?: boolean };

export function Avatar({ name, color, own = false }: Props) {
  return (
    <span
      aria-hidden="true"
      data-initials={initials(name)}
      className={`avatar flex size-7 items-center justify-center rounded-full text-[0.6875rem] font-semibold tracking-wide ${
        own ? "ring-2 ring-(--accent) ring-offset-2 ring-offset-(--paper)" : "ring-2 ring-(--paper)"
      }`}
      style={{ backgroundColor: safeColor(color), color: inkOn(color) }}
    />
  );
}
