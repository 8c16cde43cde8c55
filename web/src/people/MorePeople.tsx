import { DropdownMenu } from "radix-ui";
import { peopleText } from "./text.ts";
import type { Person } from "./usePeople.ts";

type Props = { readonly people: readonly Person[]; readonly onGoTo: (person: Person) => void };

/** Those for whom the row of avatars has no room. */
export function MorePeople({ people, onGoTo }: Props) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={peopleText.more(people.length)}
        className="more-people"
        data-testid="more-people"
      >
        +{people.length}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating max-h-80 max-w-64 overflow-auto p-1"
          align="end"
          sideOffset={6}
        >
          {people.map((person) => (
            <DropdownMenu.Item key={person.id} className="menu-item" onSelect={() => onGoTo(person)}>
              <span className="presence-dot" style={{ backgroundColor: person.color }} />
              <span className="truncate">{person.name}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
