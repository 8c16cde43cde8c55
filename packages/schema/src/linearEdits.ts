import { EditMap } from "micromark-util-edit-map";
import type { Event } from "micromark-util-types";

/**
 * The parser edits its list of events each time a quote or a list ends, and copies the whole list for that: 30 kB of small quotes
 * took it 15 seconds. Here only what stands behind the first edit is moved.
 */
function consume(this: EditMap, events: Event[]): undefined {
  const edits = this.map.sort((a, b) => a[0] - b[0]);
  const from = edits[0]?.[0];
  if (from === undefined) return;
  const rest = events.slice(from);
  events.length = from;
  let at = 0;
  for (const [index, remove, add] of edits) {
    for (; at < index - from && at < rest.length; at++) events.push(rest[at] as Event);
    for (const event of add) events.push(event);
    at = Math.max(at, index - from + remove);
  }
  for (; at < rest.length; at++) events.push(rest[at] as Event);
  this.map.length = 0;
  this.index.clear();
}

/** Makes the parser's edits cost what they change; without a side effect of loading this module, which a bundler would drop. */
export function useLinearEdits(): void {
  EditMap.prototype.consume = consume;
}
