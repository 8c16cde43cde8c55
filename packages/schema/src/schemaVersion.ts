/**
 * The version of the document schema this build understands; it travels in the connection's handshake.
 *
 * Raise it by one whenever a client with the old schema could not hold a document of the new one: a node, a mark
 * or an attribute was added, renamed or removed, or a content expression allows something it did not allow before.
 * An editor that opens a document with a schema lacking one of its nodes or marks DELETES that content for everybody, so an
 * older client must be told to reload before its editor exists; the version is how the server knows.
 * Do not raise it for how a node looks, for commands, shortcuts or input rules.
 * `test/schemaVersion.test.ts` pins the schema's shape by hash: when it fails, decide here first.
 */
export const SCHEMA_VERSION: number = 2;

/** Name of the root `Y.XmlFragment` that holds the text: TipTap's default, which plain Yjs clients use too. */
export const FRAGMENT_NAME = "default";

/** Name of the root `Y.Map` that holds what is known about the document besides its text. */
export const META_NAME = "meta";

/** Key of the title (a string) in the map {@link META_NAME}. */
export const TITLE_KEY = "title";
