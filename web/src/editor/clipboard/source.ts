/** Which program wrote a piece of HTML: each has its own way to say the same thing. */
export type Source =
  /** This editor: the HTML is the schema's own. */
  | "own"
  /** Word, Outlook, OneNote on a desktop. */
  | "word"
  /** Word, OneNote in a browser. */
  | "word-online"
  | "google-docs"
  | "sheet"
  | "notion"
  | "libreoffice"
  /** Pages, Notes, TextEdit. */
  | "cocoa"
  /** Everything else. What its authors coloured cannot be told from how its pages look. */
  | "web";

/** What the schema's own HTML is marked with, and from which document it was copied. */
export const OWN = "data-palimpsest";

const enough = 8_000;

export function sourceOf(html: string): Source {
  const head = html.slice(0, enough);
  if (new RegExp(`<[a-z0-9]+ [^>]*\\b${OWN}="`).test(head)) return "own";
  if (/google-sheets-html-origin|urn:schemas-microsoft-com:office:excel|\bcontent="?Excel\.Sheet/i.test(head))
    return "sheet";
  if (/LibreOffice|OpenOffice/i.test(head))
    return /<table cellspacing="0" border="0">/i.test(head) ? "sheet" : "libreoffice";
  if (/id="?docs-internal-guid-/i.test(head)) return "google-docs";
  if (/\bSCXW\d+|\bdata-ccp-props=|class="[^"]*\bTextRun\b/.test(head)) return "word-online";
  if (
    /urn:schemas-microsoft-com:office|class="?Mso|content="?Microsoft (?:Word|OneNote|Outlook)|mso-list:/i.test(
      head,
    )
  )
    return "word";
  if (/content="?Cocoa HTML Writer/i.test(head)) return "cocoa";
  if (/<!-- notionvc:/.test(html.slice(-300)) || /<!-- notionvc:/.test(head)) return "notion";
  return "web";
}

/** The document from which own HTML was copied; null for other HTML. */
export function copiedFrom(html: string): string | null {
  return (
    new RegExp(`<[a-z0-9]+ [^>]*\\b${OWN}="([A-Za-z0-9_-]{1,64})"`).exec(html.slice(0, enough))?.[1] ?? null
  );
}
