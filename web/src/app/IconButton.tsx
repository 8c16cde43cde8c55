import type { ComponentPropsWithRef, ReactNode } from "react";

type Props = Omit<ComponentPropsWithRef<"button">, "aria-label"> & {
  readonly label: string;
  readonly shortcut?: string | undefined;
  readonly children: ReactNode;
};

export function IconButton({ label, shortcut, className = "", children, ...rest }: Props) {
  return (
    <button
      type="button"
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      className={`icon-button ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}
