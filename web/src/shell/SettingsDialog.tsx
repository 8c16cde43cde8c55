import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useId } from "react";
import { appText } from "../app/text.ts";
import { chooseTheme, useThemeChoice } from "../app/theme.ts";
import { useReturnFocus } from "../app/useReturnFocus.ts";
import { chooseLanguage, currentLanguage, languages } from "../i18n/language.ts";
import { useOpenDocument } from "./openDocument.ts";
import { setSpellCheck, setWide, useIsWide, usePreferences } from "./preferences.ts";
import { closeOverlay } from "./shell.ts";
import "./shell-overlays.css";
import { shellText } from "./text.ts";

const { settings: text } = shellText;

type SwitchProps = {
  readonly label: string;
  readonly hint: string;
  readonly on: boolean;
  readonly onToggle: (on: boolean) => void;
};

function Switch({ label, hint, on, onToggle }: SwitchProps) {
  const hintId = useId();
  return (
    <div>
      <label className="flex min-h-10 items-center gap-3 font-medium">
        <span className="flex-1">{label}</span>
        <input
          type="checkbox"
          role="switch"
          className="switch"
          aria-describedby={hintId}
          aria-checked={on}
          checked={on}
          onChange={(event) => onToggle(event.target.checked)}
        />
      </label>
      <p id={hintId} className="text-sm text-faint">
        {hint}
      </p>
    </div>
  );
}

type ChoiceProps<Id extends string> = {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly name: string; readonly lang?: string }[];
  readonly chosen: string;
  readonly onChoose: (id: Id) => void;
};

function Choice<Id extends string>({ label, options, chosen, onChoose }: ChoiceProps<Id>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{label}</legend>
      <div className="segments">
        {options.map(({ id, name: shown, lang }) => (
          <label key={id} className="segment" lang={lang}>
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={chosen === id}
              onChange={() => onChoose(id)}
            />
            {shown}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What a person can set for this browser, on every page. */
export default function SettingsDialog() {
  const returnFocus = useReturnFocus();
  const theme = useThemeChoice();
  const spellCheck = usePreferences((preferences) => preferences.spellCheck);
  const documentId = useOpenDocument(({ open }) => open?.documentId);
  const isWide = useIsWide(documentId ?? "");
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="dialog top-[12vh]! max-h-[80dvh]!"
          data-testid="settings"
          onCloseAutoFocus={returnFocus}
        >
          <div className="flex items-center">
            <Dialog.Title className="flex-1 text-lg font-semibold">{text.title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={appText.close} title={appText.close}>
              <X size={18} />
            </Dialog.Close>
          </div>
          <Dialog.Description className="mb-4 text-sm text-faint">{text.kept}</Dialog.Description>
          <div className="flex flex-col gap-4">
            <Choice
              label={text.theme}
              options={(["light", "dark", "system"] as const).map((id) => ({ id, name: text.themes[id] }))}
              chosen={theme}
              onChoose={chooseTheme}
            />
            <div>
              <Choice
                label={text.language}
                options={languages.map(({ tag, name }) => ({ id: tag, name, lang: tag }))}
                chosen={currentLanguage().tag}
                onChoose={chooseLanguage}
              />
              <p className="mt-1.5 text-sm text-faint">{text.languageHint}</p>
            </div>
            <Switch
              label={text.spellCheck}
              hint={text.spellCheckHint}
              on={spellCheck}
              onToggle={setSpellCheck}
            />
            {documentId === undefined ? null : (
              <Switch
                label={text.fullWidth}
                hint={text.fullWidthHint}
                on={isWide}
                onToggle={(on) => setWide(documentId, on)}
              />
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
