import { Moon, Sun } from "lucide-react";
import { IconButton } from "./IconButton.tsx";
import { appText } from "./text.ts";
import { setTheme, useTheme } from "./theme.ts";

export function ThemeToggle() {
  const theme = useTheme();
  const next = theme === "dark" ? "light" : "dark";
  return (
    <IconButton
      label={next === "dark" ? appText.themeToDark : appText.themeToLight}
      onClick={() => setTheme(next)}
    >
      {theme === "dark" ? <Sun size={18} /> : <Moon size={18} />}
    </IconButton>
  );
}
