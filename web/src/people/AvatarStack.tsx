import { DropdownMenu } from "radix-ui";
import { memo } from "react";
import { phone, useMediaQuery } from "../app/useMediaQuery.ts";
import { Avatar } from "./Avatar.tsx";
import { IdentityButton } from "./IdentityButton.tsx";
import type { User } from "./session.ts";
import { peopleText } from "./text.ts";
import type { Person } from "./usePeople.ts";

type Props = {
  readonly people: readonly Person[];
  readonly me: User | null;
  readonly onGoTo: (person: Person) => void;
};

export const AvatarStack = memo(function AvatarStack({ people, me, onGoTo }: Props) {
  const room = useMediaQuery(phone) ? 2 : 4;
  const others = people.filter(({ id }) => id !== me?.id);
  const shown = others.slice(0, room);
  const rest = others.slice(room);
  return (
    <ul
      className="mr-1 flex items-center"
      aria-label={peopleText.here(others.length + (me === null ? 0 : 1))}
    >
      {shown.map((person) => (
        <li key={person.id} className="-mr-0.5 flex">
          <button
            type="button"
            className="rounded-full"
            aria-label={peopleText.goTo(person.name)}
            title={person.name}
            data-testid="person"
            data-user-id={person.id}
            data-user-name={person.name}
            onClick={() => onGoTo(person)}
          >
            <Avatar name={person.name} color={person.color} />
          </button>
        </li>
      ))}
      {rest.length === 0 ? null : (
        <li className="relative flex">
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger
              aria-label={peopleText.more(rest.length)}
              className="relative -mr-0.5 flex h-7 min-w-7 items-center justify-center rounded-full bg-hover px-1.5 text-xs font-semibold text-soft ring-2 ring-(--paper)"
              data-testid="more-people"
            >
              +{rest.length}
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content
                className="floating max-h-80 max-w-64 overflow-auto p-1"
                align="end"
                sideOffset={6}
              >
                {rest.map((person) => (
                  <DropdownMenu.Item key={person.id} className="menu-item" onSelect={() => onGoTo(person)}>
                    <span className="presence-dot" style={{ backgroundColor: person.color }} />
                    <span className="truncate">{person.name}</span>
                  </DropdownMenu.Item>
                ))}
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu.Root>
        </li>
      )}
      {me === null ? null : (
        <li className="ml-1.5">
          <IdentityButton user={me} />
        </li>
      )}
    </ul>
  );
});
