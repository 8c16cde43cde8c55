import { Hono } from "hono";
import { Directory } from "../directory/directory.ts";
import {
  type ListedEntry,
  listDocuments,
  type Page,
  type Sort,
  searchDocuments,
  sorts,
  type View,
  views,
} from "../directory/listing.ts";
import { documentStub, openDocument } from "./access.ts";
import { type App, type AppContext, requireCaller } from "./caller.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { describeListed } from "./described.ts";
import { Problem } from "./problem.ts";
import { readWhole } from "./query.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
const MAX_QUERY = 200;
/** So many documents of which too little is known are asked for it with one request. */
const ASKED_AT_ONCE = 5;

/** What somebody owns or has opened, and what of that they want to have at hand. */
export const lists = new Hono<App>()
  .get("/", async (context) => {
    const user = await requireCaller(context);
    const view = readChoice(context, "view", views) ?? "recent";
    const sort = readChoice(context, "sort", sorts) ?? (view === "trash" ? "deleted" : "opened");
    const limit = readWhole(context, "limit") ?? DEFAULT_LIMIT;
    if (limit < 1 || limit > MAX_LIMIT)
      throw new Problem("bad-request", `limit must be between 1 and ${MAX_LIMIT}.`);
    const query = (context.req.query("query") ?? "").trim();
    if (query.length > MAX_QUERY)
      throw new Problem("bad-request", `query must have at most ${MAX_QUERY} characters.`);
    const page = await readPage(context, user.id, { view, sort, query, limit });
    const asked = page.entries.filter(isUnknown).slice(0, ASKED_AT_ONCE);
    for (const entry of asked) context.executionCtx.waitUntil(ask(context, entry));
    return context.json({
      documents: page.entries.map((entry) => describeListed(context, entry, user)),
      next: page.next === null ? null : writeCursor(page.next, `${view} ${sort}`),
    });
  })
  .put("/:id/star", async (context) => {
    const user = await requireCaller(context);
    const { entry } = await openDocument(context, "view");
    await new Directory(context.env.DIRECTORY).star(user.id, entry.id, Date.now());
    return context.body(null, 204);
  })
  .delete("/:id/star", async (context) => {
    const user = await requireCaller(context);
    await new Directory(context.env.DIRECTORY).unstar(user.id, context.req.param("id"));
    return context.body(null, 204);
  })
  .delete("/:id/visit", async (context) => {
    const user = await requireCaller(context);
    await new Directory(context.env.DIRECTORY).forgetVisit(user.id, context.req.param("id"));
    return context.body(null, 204);
  });

interface Question {
  readonly view: View;
  readonly sort: Sort;
  readonly query: string;
  readonly limit: number;
}

function readPage(
  context: AppContext,
  user: Parameters<typeof listDocuments>[1],
  { view, sort, query, limit }: Question,
): Promise<Page> {
  const db = context.env.DIRECTORY;
  const cursor = context.req.query("cursor");
  if (query !== "") {
    const after = cursor === undefined ? null : readCursor(cursor, "rank", "");
    return searchDocuments(db, user, view, query, after, limit);
  }
  const after = cursor === undefined ? null : readCursor(cursor, "entry", `${view} ${sort}`);
  return listDocuments(db, user, { view, sort }, after, limit);
}

function readChoice<T extends string>(context: AppContext, name: string, choices: readonly T[]): T | null {
  const text = context.req.query(name);
  if (text === undefined) return null;
  const choice = choices.find((each) => each === text);
  if (choice === undefined)
    throw new Problem("bad-request", `${name} must be one of: ${choices.join(", ")}.`);
  return choice;
}

/** It was made, or moved to the trash, when documents did not tell of that yet, or while the directory was away. */
function isUnknown({ toldSeq, deletedAt, trashRevision }: ListedEntry): boolean {
  return toldSeq < 0 || (deletedAt !== null && trashRevision === 0);
}

async function ask(context: AppContext, { id, deletedAt, trashRevision }: ListedEntry): Promise<void> {
  const document = documentStub(context.env, id);
  if (deletedAt !== null && trashRevision === 0) await document.moveToTrash(deletedAt);
  else await document.tell(true);
}
