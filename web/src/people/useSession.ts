import { useEffect } from "react";
import { create } from "zustand";
import { toast } from "../app/toast.ts";
import { cachedUser, changeIdentity, ensureSession, type Identity, type User } from "./session.ts";
import { peopleText } from "./text.ts";

const useUser = create<{ readonly user: User | null }>(() => ({ user: null }));

let asked = false;

/** The guest of this browser; null until it is known, which without a server may be never. */
export function useSession(): User | null {
  const { user } = useUser();
  useEffect(() => {
    if (asked) return;
    asked = true;
    ensureSession().then(
      (found) => useUser.setState({ user: found }),
      () => {
        // the next page asks again
        asked = false;
      },
    );
  }, []);
  return user ?? cachedUser();
}

/** @returns whether the server took it; what went wrong is said */
export async function changeSession(identity: Identity): Promise<boolean> {
  try {
    useUser.setState({ user: await changeIdentity(identity) });
    return true;
  } catch (error) {
    toast.error(peopleText.failed, { description: error instanceof Error ? error.message : String(error) });
    return false;
  }
}
