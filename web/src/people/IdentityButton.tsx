import { Popover } from "radix-ui";
import { useState } from "react";
import { Avatar } from "./Avatar.tsx";
import { IdentityForm } from "./IdentityForm.tsx";
import type { User } from "./session.ts";
import { peopleText } from "./text.ts";

type Props = { readonly user: User; readonly showName?: boolean };

export function IdentityButton({ user, showName = false }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={peopleText.change(user.name)}
        title={peopleText.change(user.name)}
        className="avatar-button gap-2 px-1"
        data-testid="person"
        data-own="true"
        data-user-id={user.id}
        data-user-name={user.name}
      >
        {showName ? (
          <span className="max-w-40 truncate text-sm text-soft max-sm:hidden">{user.name}</span>
        ) : null}
        <Avatar name={user.name} color={user.color} own />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={peopleText.dialog}
          className="floating p-4"
          align="end"
          sideOffset={6}
          collisionPadding={12}
        >
          <IdentityForm key={`${user.name}${user.color}`} user={user} onDone={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
