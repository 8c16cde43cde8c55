import { useEffect } from "react";
import { Toaster, toast } from "sonner";
import { useTheme } from "./theme.ts";
import { toastsAreShown } from "./toast.ts";

export function Toasts() {
  const theme = useTheme();
  useEffect(() => toastsAreShown(toast), []);
  return (
    <Toaster
      theme={theme}
      position="bottom-center"
      offset={{ bottom: "calc(24px + var(--past-bar, 0px))" }}
      mobileOffset={{ bottom: "max(68px, var(--past-bar, 0px) + 12px)" }}
      className="toaster"
    />
  );
}
