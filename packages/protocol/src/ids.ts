/** Position in a document's log: 1 for the first frame, one more for each following; 0 means "before any". */
export type Seq = number & { readonly unit: "Seq" };

/** Yjs's name for one editing replica: an unsigned 32-bit integer, new for every `Y.Doc`. */
export type ClientId = number & { readonly unit: "ClientId" };

/** A person (or program) as the server knows them. Opaque, at most 64 characters. */
export type UserId = string & { readonly unit: "UserId" };

/** One open socket. Opaque, unique among the sockets a document ever had. */
export type ConnectionId = string & { readonly unit: "ConnectionId" };

/** What the server says about a person; clients cannot choose these for a presence of theirs. */
export interface Identity {
  readonly id: UserId;
  /** Shown beside the caret, 1 to 60 characters. */
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

/** What a connection may do. `view` reads and is present; `edit` also changes the document. */
export type Role = "view" | "edit";
