import { Check } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { inkOn, swatches } from "./color.ts";
import type { User } from "./session.ts";
import { peopleText } from "./text.ts";
import { changeSession } from "./useSession.ts";

type Props = { readonly user: User; readonly onDone: () => void };

export function IdentityForm({ user, onDone }: Props) {
  const [name, setName] = useState(user.name);
  const [color, setColor] = useState(user.color);
  const [saving, setSaving] = useState(false);
  const nameId = useId();
  const colors = swatches.some((swatch) => swatch === user.color) ? swatches : [user.color, ...swatches];

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const chosen = { name: name.trim() || user.name, color };
    setSaving(true);
    const unchanged = chosen.name === user.name && chosen.color === user.color;
    if (unchanged || (await changeSession(chosen))) onDone();
    else setSaving(false);
  };

  return (
    <form onSubmit={(event) => void save(event)} className="flex w-62 flex-col gap-3">
      <div>
        <label htmlFor={nameId} className="mb-1 block text-sm font-medium">
          {peopleText.yourName}
        </label>
        <input
          id={nameId}
          className="field"
          value={name}
          maxLength={60}
          autoComplete="nickname"
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{peopleText.yourColor}</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-2.5">
          {colors.map((swatch, index) => (
            <label
              key={swatch}
              className="flex size-7 items-center justify-center rounded-full has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
              style={{ backgroundColor: swatch, color: inkOn(swatch) }}
            >
              <input
                type="radio"
                name="color"
                className="sr-only"
                aria-label={peopleText.color(index + 1)}
                checked={color === swatch}
                onChange={() => setColor(swatch)}
              />
              {color === swatch ? <Check size={15} strokeWidth={3} /> : null}
            </label>
          ))}
        </div>
      </fieldset>
      <p className="text-sm text-faint">{peopleText.hint}</p>
      <button type="submit" className="button button-accent" disabled={saving}>
        {peopleText.save}
      </button>
    </form>
  );
}
