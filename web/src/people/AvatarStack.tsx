import { memo } from "react";
import { later } from "../app/later.tsx";
import { phone, useMediaQuery } from "../app/useMediaQuery.ts";
import { Avatar } from "./Avatar.tsx";
import type { User } from "./session.ts";
import { peopleText } from "./text.ts";
import type { Person } from "./usePeople.ts";

const MorePeople = later(
  async () => (await import("./MorePeople.tsx")).MorePeople,
  ({ people }) => <span className="more-people">+{people.length}</span>,
);

const IdentityButton = later(
  async () => (await import("./IdentityButton.tsx")).IdentityButton,
  ({ user }) => (
    <span
      className="flex min-h-9 items-center px-1"
      data-testid="person"
      data-own="true"
      data-user-name={user.name}
    >
      <Avatar name={user.name} color={user.color} own />
    </span>
  ),
);

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
          <MorePeople people={rest} onGoTo={onGoTo} />
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
