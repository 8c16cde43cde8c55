/** What was there before the tables had a version: existing directories have it already. */
const first = [
  `CREATE TABLE IF NOT EXISTS documents (
     id TEXT PRIMARY KEY, title TEXT NOT NULL, owner TEXT NOT NULL, link_role TEXT NOT NULL,
     created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
   )`,
  "CREATE INDEX IF NOT EXISTS documents_by_owner ON documents (owner)",
  `CREATE TABLE IF NOT EXISTS visits (
     user_id TEXT NOT NULL, document_id TEXT NOT NULL, opened_at INTEGER NOT NULL,
     PRIMARY KEY (user_id, document_id)
   ) WITHOUT ROWID`,
  "CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
];

/** Text as it is searched stands in `texts`; `texts_fts` is the index over it, kept by triggers. */
const home = [
  "ALTER TABLE documents ADD COLUMN title_key TEXT NOT NULL DEFAULT ''",
  "ALTER TABLE documents ADD COLUMN owner_name TEXT NOT NULL DEFAULT ''",
  "ALTER TABLE documents ADD COLUMN changed_by TEXT",
  "ALTER TABLE documents ADD COLUMN changed_by_name TEXT",
  // up to where the document has told about itself, and the number of its last move into or out of the trash
  "ALTER TABLE documents ADD COLUMN told_seq INTEGER NOT NULL DEFAULT -1",
  "ALTER TABLE documents ADD COLUMN trash_revision INTEGER NOT NULL DEFAULT 0",
  "UPDATE documents SET title_key = lower(title)",
  "CREATE INDEX visits_by_document ON visits (document_id)",
  `CREATE TABLE stars (
     user_id TEXT NOT NULL, document_id TEXT NOT NULL, starred_at INTEGER NOT NULL,
     PRIMARY KEY (user_id, document_id)
   ) WITHOUT ROWID`,
  "CREATE INDEX stars_by_document ON stars (document_id)",
  `CREATE TABLE texts (
     no INTEGER PRIMARY KEY, document_id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL
   )`,
  // without the index of prefixes one letter would walk every word of every document
  `CREATE VIRTUAL TABLE texts_fts USING fts5(
     title, body, content = 'texts', content_rowid = 'no', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
   )`,
  // or what was purged could be read from the index's pages
  "INSERT INTO texts_fts (texts_fts, rank) VALUES ('secure-delete', 1)",
  `CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
     INSERT INTO texts_fts (rowid, title, body) VALUES (new.no, new.title, new.body);
   END`,
  `CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
     INSERT INTO texts_fts (texts_fts, rowid, title, body) VALUES ('delete', old.no, old.title, old.body);
   END`,
  `CREATE TRIGGER texts_changed AFTER UPDATE OF title, body ON texts
     WHEN old.title <> new.title OR old.body <> new.body BEGIN
     INSERT INTO texts_fts (texts_fts, rowid, title, body) VALUES ('delete', old.no, old.title, old.body);
     INSERT INTO texts_fts (rowid, title, body) VALUES (new.no, new.title, new.body);
   END`,
  "INSERT INTO texts (document_id, seq, title, body) SELECT id, -1, title, '' FROM documents",
];

/** What each version of the tables adds to the one before. What is released stays as it is: databases have it. */
const versions = [first, home];

const ready = new WeakMap<D1Database, Promise<void>>();

/** The tables are made by the first request that an isolate serves: a first deploy needs no extra step. */
export function tablesOf(db: D1Database): Promise<void> {
  let making = ready.get(db);
  if (making === undefined) {
    making = bringForward(db);
    ready.set(db, making);
    // a failure must not be remembered: the next request tries again
    making.catch(() => ready.delete(db));
  }
  return making;
}

async function bringForward(db: D1Database): Promise<void> {
  for (let version = await versionOf(db); version < versions.length; version++) {
    const statements = (versions[version] ?? []).map((sql) => db.prepare(sql));
    const note = db.prepare("INSERT INTO directory_versions (version) VALUES (?)").bind(version + 1);
    try {
      await db.batch([...statements, note]);
    } catch (error) {
      // another isolate may have been doing the same
      if ((await versionOf(db)) <= version) throw error;
    }
  }
}

async function versionOf(db: D1Database): Promise<number> {
  const [, found] = await db.batch<{ version: number | null }>([
    db.prepare("CREATE TABLE IF NOT EXISTS directory_versions (version INTEGER PRIMARY KEY)"),
    db.prepare("SELECT max(version) AS version FROM directory_versions"),
  ]);
  return found?.results[0]?.version ?? 0;
}
