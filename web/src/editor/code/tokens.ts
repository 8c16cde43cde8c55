/** A stretch of code, in UTF-16 units from its beginning, and the class that colours it. */
export type Token = { readonly from: number; readonly to: number; readonly className: string };

/** Longer code is shown plain: colouring it again at every key would be felt. */
export const mostColoured = 60_000;

const kept = 200;

/** What was found in code is kept by its words: what others write builds every block anew, the same or not. */
export class TokenCache {
  readonly #tokens = new Map<string, readonly Token[]>();

  get(language: string, code: string): readonly Token[] | undefined {
    const key = `${language}\n${code}`;
    const tokens = this.#tokens.get(key);
    if (tokens !== undefined) {
      this.#tokens.delete(key);
      this.#tokens.set(key, tokens);
    }
    return tokens;
  }

  set(language: string, code: string, tokens: readonly Token[]): void {
    this.#tokens.set(`${language}\n${code}`, tokens);
    for (const oldest of this.#tokens.keys()) {
      if (this.#tokens.size <= kept) break;
      this.#tokens.delete(oldest);
    }
  }
}
