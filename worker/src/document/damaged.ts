import { Damage } from "@palimpsest/store";

/** What is stored of the moment that was asked for cannot be read. */
export interface Damaged {
  readonly ok: false;
  readonly code: "document-damaged";
}

/** Damage is something to tell, not to crash over: what `act` changed before it is nothing, since it only read. */
export function orDamaged<T>(act: () => T): T | Damaged {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    console.error(JSON.stringify({ event: "damaged", reason: String(error) }));
    return { ok: false, code: "document-damaged" };
  }
}
