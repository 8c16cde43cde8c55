/** What this browser keeps of a document goes as well; another one finds out when it opens it. */
export async function forgetCopy(documentId: string): Promise<void> {
  try {
    const { copies } = await import("../../offline/copies.ts");
    await copies.change(documentId, "outbox", ({ outbox }) => ({
      result: undefined,
      // what was not sent is put aside, or sent when the document is back, by the page that opens it
      change: outbox.length > 0 ? null : { removesAll: true },
    }));
  } catch (cause) {
    console.warn("The copy in this browser could not be removed", cause);
  }
}
