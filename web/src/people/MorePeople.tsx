import { Eye } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { peopleText } from "./text.ts";
import type { Person } from "./usePeople.ts";

type Props = {
  readonly people: readonly Person[];
  readonly viewers: readonly Person[];
  readonly onGoTo: (person: Person) => void;
};

function Name({ person }: { readonly person: Person }) {
  return (
    <>
      <span className="presence-dot" style={{ backgroundColor: person.color }} aria-hidden="true" />
      <span className="truncate">{person.name}</span>
    </>
  );
}

/** Those for whom the row of avatars has no room, and apart from them those who only read. */
export function MorePeople({ people, viewers, onGoTo }: Props) {
  const label = [
    ...(people.length > 0 ? [peopleText.more(people.length)] : []),
    ...(viewers.length > 0 ? [peopleText.reading(viewers.length)] : []),
  ].join(", ");
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={label}
        title={label}
        className="more-people"
        data-testid="more-people"
        data-viewers={viewers.length}
      >
        {people.length > 0 ? <span>+{people.length}</span> : null}
        {viewers.length > 0 ? (
          <>
            <Eye size={14} aria-hidden="true" />
            <span>{viewers.length}</span>
          </>
        ) : null}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating max-h-80 max-w-64 overflow-auto p-1"
          align="end"
          sideOffset={6}
          collisionPadding={8}
        >
          {people.length === 0 ? null : (
            <DropdownMenu.Group>
              <DropdownMenu.Label className="menu-label">{peopleText.writers}</DropdownMenu.Label>
              {people.map((person) => (
                <DropdownMenu.Item key={person.id} className="menu-item" onSelect={() => onGoTo(person)}>
                  <Name person={person} />
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          )}
          {viewers.length === 0 ? null : (
            <DropdownMenu.Group data-testid="viewers">
              <DropdownMenu.Label className="menu-label">{peopleText.viewers}</DropdownMenu.Label>
              {viewers.map((person) => (
                <DropdownMenu.Item key={person.id} className="menu-item" data-user-name={person.name}>
                  <Name person={person} />
                  {person.viewing === "past" ? (
                    <span className="flex-none text-sm text-faint">{peopleText.viewerPast}</span>
                  ) : null}
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
