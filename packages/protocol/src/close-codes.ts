/** What a client does after a close: `final` stops for good, `retry` reconnects, `renew` first gets a fresh ticket. */
export type AfterClose = "final" | "retry" | "renew";

/** What the person can do about a final refusal. */
export type Remedy = "reload" | "leave" | "sign-in" | "none";

interface CloseRow {
  readonly after: AfterClose;
  readonly remedy: Remedy;
  /** One sentence for the person: what happened and what to do. */
  readonly sentence: string;
}

/**
 * Every reason for which the server closes a socket. 44xx are final; 43xx may be retried. The client's
 * behaviour is derived from this table, so a code is added here and nowhere else.
 */
export const closeCodes = {
  4300: {
    after: "retry",
    remedy: "none",
    sentence: "The server had to start this document again. Reconnecting.",
  },
  4301: {
    after: "renew",
    remedy: "none",
    sentence: "The ticket for this document has expired. Getting a new one.",
  },
  4303: {
    after: "renew",
    remedy: "none",
    sentence: "Your rights on this document have changed. Reconnecting.",
  },
  4329: {
    after: "retry",
    remedy: "none",
    sentence: "Too many people have this document open at the moment. Trying again in a while.",
  },
  4330: {
    after: "retry",
    remedy: "none",
    sentence:
      "More was sent from here than this document takes at once. Nothing is lost: trying again in a while.",
  },
  4400: {
    after: "final",
    remedy: "reload",
    sentence: "The server could not read a message from this tab. Reload the page to continue.",
  },
  4401: {
    after: "final",
    remedy: "sign-in",
    sentence: "You are not signed in. Reload the page to continue.",
  },
  4403: { after: "final", remedy: "leave", sentence: "You do not have the right to change this document." },
  4404: {
    after: "final",
    remedy: "leave",
    sentence: "This document does not exist, or you do not have access to it. Check the address.",
  },
  4409: {
    after: "final",
    remedy: "reload",
    sentence: "This tab's editing identity belongs to somebody else. Reload the page to get a new one.",
  },
  4410: {
    after: "final",
    remedy: "leave",
    sentence: "This document was moved to the trash. Whoever owns it can bring it back within 30 days.",
  },
  4413: {
    after: "final",
    remedy: "none",
    sentence:
      "A change was too large to be saved. Copy your latest text, reload the page and insert it in smaller pieces.",
  },
  4422: {
    after: "final",
    remedy: "reload",
    sentence:
      "The server refused a change that would have damaged the document. Copy your latest text and reload.",
  },
  4426: {
    after: "final",
    remedy: "reload",
    sentence: "A new version of the editor is available. Reload the page to continue.",
  },
  4450: {
    after: "final",
    remedy: "none",
    sentence:
      "What is stored of this document cannot be read. Nothing was changed: whoever runs this server has to look.",
  },
} as const satisfies Record<number, CloseRow>;

export type CloseCode = keyof typeof closeCodes;

/**
 * What a client does about a close it received, for any code whatever: ours by the table, an unknown 44xx is
 * final, everything else (network loss, a deploy, a proxy's time-out) is retried.
 */
export function closeMeaning(code: number): CloseRow {
  if (Object.hasOwn(closeCodes, code)) return closeCodes[code as CloseCode];
  if (code >= 4400 && code < 4500) {
    return {
      after: "final",
      remedy: "reload",
      sentence: "The server refused this connection. Reload the page.",
    };
  }
  return { after: "retry", remedy: "none", sentence: "The connection was lost. Reconnecting." };
}
