/** What a segment's row holds in `bytes`. */
export const SegmentForm = {
  open: 0,
  closed: 1,
  packed: 2,
  /** Closed, and too large to gain from packing: it stays as it is. */
  kept: 3,
} as const;

const metaTable = "CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID";
const parts = [
  "CREATE TABLE segment_parts (first_seq INTEGER, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (first_seq, part)) STRICT, WITHOUT ROWID",
  `CREATE TABLE snapshot_parts (
     seq INTEGER, section TEXT, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (seq, section, part)
   ) STRICT, WITHOUT ROWID`,
];
/**
 * The log. `link` is that of the row's last segment, `ends` says where the segments of a pack before that one end:
 * their links follow from its frames. `condensed` is what its frames do, in a few updates.
 */
export const segments =
  // rows and wakes are running totals: they live in the newest row because that one is written anyway
  `CREATE TABLE segments (
     first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, last_time INTEGER NOT NULL, form INTEGER NOT NULL,
     extra_parts INTEGER NOT NULL, size INTEGER NOT NULL, rows INTEGER NOT NULL, wakes INTEGER NOT NULL,
     checksum INTEGER NOT NULL, vector_checksum INTEGER, link BLOB, ends BLOB, summary TEXT, condensed BLOB,
     state_vector BLOB, bytes BLOB NOT NULL
   ) STRICT`;
/**
 * A small snapshot is its row; the sections of a large one stand in `snapshot_parts`, and are null here. It keeps the
 * totals as well: writing them to the newest segment would be a row more.
 */
export const snapshots = `CREATE TABLE snapshots (
     seq INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, size INTEGER NOT NULL, collected INTEGER NOT NULL,
     rows INTEGER NOT NULL, wakes INTEGER NOT NULL, deflated INTEGER NOT NULL, update_checksum INTEGER NOT NULL,
     vector_checksum INTEGER NOT NULL, deletes_checksum INTEGER NOT NULL, state_vector BLOB, delete_set BLOB, bytes BLOB
   ) STRICT`;
const besides = [
  "CREATE TABLE authors (no INTEGER PRIMARY KEY, user_id TEXT NOT NULL, name TEXT NOT NULL, color TEXT NOT NULL) STRICT",
  "CREATE TABLE owners (client INTEGER PRIMARY KEY, author INTEGER NOT NULL) STRICT",
  `CREATE TABLE versions (
     id TEXT PRIMARY KEY, seq INTEGER NOT NULL, name TEXT NOT NULL, created_at INTEGER NOT NULL,
     author INTEGER NOT NULL, automatic INTEGER NOT NULL, description TEXT NOT NULL DEFAULT ''
   ) STRICT, WITHOUT ROWID`,
];
/** What was found out when something was brought back. Of a large one the bytes stand in `restore_parts`, and are null here. */
export const restoreTables = [
  `CREATE TABLE restores (
     seq INTEGER PRIMARY KEY, how TEXT NOT NULL, of_author INTEGER, from_seq INTEGER, through_seq INTEGER,
     moves BLOB, deletes BLOB
   ) STRICT`,
  `CREATE TABLE restore_parts (
     seq INTEGER, section TEXT, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (seq, section, part)
   ) STRICT, WITHOUT ROWID`,
];

/** The files beside the document, as far as it has to know of them; their bytes are not here. */
export const assetsTable = `CREATE TABLE assets (
     id TEXT PRIMARY KEY, name TEXT NOT NULL, mime TEXT NOT NULL, size INTEGER NOT NULL, width INTEGER, height INTEGER,
     uploaded_by TEXT NOT NULL, uploaded_at INTEGER NOT NULL, is_stored INTEGER NOT NULL, found_at INTEGER,
     looked_through INTEGER NOT NULL, unused_since INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`;

/** Everything that an empty database gets. */
export const allTables = [
  metaTable,
  segments,
  ...parts,
  snapshots,
  ...besides,
  ...restoreTables,
  assetsTable,
];
