const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 22 characters of base 62: a little more than 128 random bits, so that an address cannot be guessed. */
export function randomId(): string {
  let id = "";
  while (id.length < 22) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // 248 is the largest multiple of 62 in a byte: the rest would make some characters likelier
      if (byte < 248 && id.length < 22) id += ALPHABET[byte % 62];
    }
  }
  return id;
}

/** Whether text has the shape of a document's id. Says nothing about whether the document exists. */
export function isDocumentId(text: string): boolean {
  return /^[0-9A-Za-z]{22}$/.test(text);
}
