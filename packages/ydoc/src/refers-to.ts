import type { DeleteSet } from "./delete-set.ts";
import { NOBODY, UpdateCursor } from "./update-cursor.ts";

/** Whether something in a stored update is put beside one of these ids, or into it. In one walk over its bytes. */
export function refersTo(update: Uint8Array, ids: DeleteSet): boolean {
  const cursor = new UpdateCursor(update, null);
  while (cursor.nextSection()) {
    while (cursor.nextStruct()) {
      const { originClient, rightOriginClient, parentClient } = cursor;
      if (originClient !== NOBODY && ids.has(originClient, cursor.originClock)) return true;
      if (rightOriginClient !== NOBODY && ids.has(rightOriginClient, cursor.rightOriginClock)) return true;
      if (parentClient !== NOBODY && ids.has(parentClient, cursor.parentClock)) return true;
    }
  }
  return false;
}
