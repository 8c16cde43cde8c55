import { memo } from "react";
import { later } from "../app/later.tsx";
import { phone, useMediaQuery } from "../app/useMediaQuery.ts";
import { Avatar } from "./Avatar.tsx";
import type { User } from "./session.ts";
import { peopleText } from "./text.ts";
import type { Person } from "./usePeople.ts";

const MorePeople = later(
  async () => (await import("./MorePeople.tsx")).MorePeople,
  ({ people, viewers }) => <span className="more-people">+{people.length + viewers.length}</span>,
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
  const onPhone = useMediaQuery(phone);
  const isNarrow = useMediaQuery("(max-width: 375px)");
  const others = people.filter(({ id }) => id !== me?.id);
  const writers = others.filter(({ viewing }) => viewing === null);
  const viewers = others.filter(({ viewing }) => viewing !== null);
  const room = isNarrow ? 0 : onPhone ? 1 : 4;
  const shown = writers.slice(0, room);
  const rest = writers.slice(room);
  return (
    <ul
      className="mr-1 flex items-center"
      aria-label={peopleText.here(others.length + (me === null ? 0 : 1))}
    >
      {shown.map((person) => (
        <li key={person.id} className="-mr-0.5 flex">
          <button
            type="button"
            className="avatar-button"
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
      {rest.length + viewers.length === 0 ? null : (
        <li className="relative flex">
          <MorePeople people={rest} viewers={viewers} onGoTo={onGoTo} />
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
