import { FilePlus, House, Keyboard, Languages, Moon, Settings, SpellCheck, Sun, SunMoon } from "lucide-react";
import { useLocation } from "wouter";
import { chooseTheme, useThemeChoice } from "../app/theme.ts";
import { useCreateDocument } from "../home/useCreateDocument.ts";
import { chooseLanguage, currentLanguage, languages } from "../i18n/language.ts";
import type { Command } from "./commands.ts";
import { setSpellCheck, usePreferences } from "./preferences.ts";
import { openOverlay } from "./shell.ts";
import { shellText } from "./text.ts";

const { commands, aliases } = shellText;

const themes = [
  { id: "light", label: commands.themeLight, Icon: Sun },
  { id: "dark", label: commands.themeDark, Icon: Moon },
  { id: "system", label: commands.themeSystem, Icon: SunMoon },
] as const;

/** What can be done on every page. */
export function useShellCommands(): readonly Command[] {
  const [, navigate] = useLocation();
  const create = useCreateDocument();
  const theme = useThemeChoice();
  const spellCheck = usePreferences((preferences) => preferences.spellCheck);
  return [
    {
      id: "newDocument",
      group: "go",
      label: commands.newDocument,
      aliases: aliases.newDocument.split(" "),
      Icon: FilePlus,
      run: () => create.mutate({}),
    },
    {
      id: "home",
      group: "go",
      label: commands.home,
      aliases: aliases.home.split(" "),
      Icon: House,
      run: () => navigate("/"),
    },
    {
      id: "settings",
      group: "go",
      label: commands.settings,
      aliases: aliases.settings.split(" "),
      Icon: Settings,
      run: () => openOverlay("settings"),
    },
    {
      id: "shortcuts",
      group: "go",
      label: commands.shortcuts,
      aliases: aliases.shortcuts.split(" "),
      keys: "F1",
      Icon: Keyboard,
      run: () => openOverlay("shortcuts"),
    },
    ...themes
      .filter(({ id }) => id !== theme)
      .map(
        ({ id, label, Icon }): Command => ({
          id: `theme-${id}`,
          group: "view",
          label,
          aliases: aliases.theme.split(" "),
          Icon,
          run: () => chooseTheme(id),
        }),
      ),
    {
      id: "spellCheck",
      group: "view",
      label: spellCheck ? commands.spellCheckOff : commands.spellCheckOn,
      aliases: aliases.spellCheck.split(" "),
      hidden: true,
      Icon: SpellCheck,
      run: () => setSpellCheck(!spellCheck),
    },
    ...languages
      .filter(({ tag }) => tag !== currentLanguage().tag)
      .map(
        ({ tag, name }): Command => ({
          id: `language-${tag}`,
          group: "view",
          label: commands.language(name),
          aliases: aliases.language.split(" "),
          Icon: Languages,
          run: () => chooseLanguage(tag),
        }),
      ),
  ];
}
