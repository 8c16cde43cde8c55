import { relativeTime } from "../../app/relativeTime.ts";
import type { ListedDocument } from "../documents.ts";
import type { Sort, View } from "../question.ts";
import { homeText } from "../text.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** What the line under a title says: first of what the list is in order of, then whose it is. */
export function rowFacts(
  document: ListedDocument,
  { view, sort }: { readonly view: View; readonly sort: Sort },
  myId: string | null,
  now: number,
): string {
  const ago = (time: string) => relativeTime(Date.parse(time), now);
  const { openedAt, updatedAt, createdAt, changedBy, owner, isOwner, deletedAt, purgedAt } = document;
  const facts: string[] = [];
  if (view === "trash" && deletedAt !== null) {
    facts.push(homeText.trashed(ago(deletedAt)));
    if (purgedAt !== null) {
      const days = Math.ceil((Date.parse(purgedAt) - now) / dayMs);
      facts.push(homeText.purgedIn(days));
    }
    return facts.join(" · ");
  }
  const byOther = changedBy !== null && changedBy.id !== myId && changedBy.name !== "";
  const changed =
    updatedAt === null
      ? null
      : byOther
        ? homeText.changedBy(ago(updatedAt), changedBy.name)
        : homeText.changed(ago(updatedAt));
  const opened = openedAt === null ? null : homeText.opened(ago(openedAt));
  const created = createdAt === null ? null : homeText.created(ago(createdAt));
  const first = sort === "created" ? created : sort === "opened" ? (opened ?? changed) : changed;
  if (first !== null) facts.push(first);
  if (sort === "opened" && byOther && changed !== null && first !== changed) facts.push(changed);
  // who changed it and whose it is, is said once where that is one person
  const isSaid = byOther && changedBy.id === owner?.id && facts.includes(changed ?? "");
  if (owner !== null && !isOwner && !isSaid)
    facts.push(owner.name === "" ? homeText.ownedByOther : homeText.ownedBy(owner.name));
  return facts.join(" · ");
}
