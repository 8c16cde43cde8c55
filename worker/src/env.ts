import type { DocumentObject } from "./document/object.ts";

/** What wrangler.toml binds. */
export interface Env {
  readonly DOCUMENTS: DurableObjectNamespace<DocumentObject>;
  readonly DIRECTORY: D1Database;
  readonly ASSETS: Fetcher;
  /** Pictures and files of documents; without it nobody can add any. */
  readonly UPLOADS?: R2Bucket;
  /** Further origins whose pages may open sockets and use cookies, separated by spaces. Our own always may. */
  readonly ALLOWED_ORIGINS?: string;
  /** For how many ms browsers gather keystrokes into one message; see README, "Limits and costs". */
  readonly COALESCE_MS?: string | number;
  /** For how many days everything that documents were can be looked at; for ever without it. Versions stay in any case. */
  readonly HISTORY_KEEP_DAYS?: string | number;
}
