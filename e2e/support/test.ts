import { type BrowserContextOptions, test as base } from "@playwright/test";
import { sharedServer } from "./api.ts";
import { expect } from "./expect.ts";
import { Person } from "./person.ts";

export { expect };

type Enter = BrowserContextOptions & {
  /** Another server, or a line to it that can be cut. */
  readonly url?: string;
};

/** A named guest in a browser context of their own. The context ends with the test. */
export const test = base.extend<{ person: (name: string, options?: Enter) => Promise<Person> }>({
  person: async ({ browser }, use, testInfo) => {
    testInfo.setTimeout(120_000);
    const people: Person[] = [];
    await use(async (name, { url = sharedServer(), ...options } = {}) => {
      // what a service worker answers, no test could intercept: those that are about it ask for it
      const usual = { viewport: { width: 1280, height: 800 }, serviceWorkers: "block" } as const;
      const context = await browser.newContext({ ...usual, ...options });
      const response = await context.request.post(`${url}/api/session`, { data: { name } });
      expect(response.ok()).toBe(true);
      const someone = new Person(name, url, await context.newPage());
      people.push(someone);
      return someone;
    });
    await Promise.all(people.map(({ context }) => context.close()));
    expect(people.flatMap(({ mishaps }) => mishaps)).toEqual([]);
  },
});

/** Everybody sees the same blocks, and the same as the server has; says which. */
export async function agreement(
  people: readonly Person[],
  read: () => Promise<readonly string[]>,
): Promise<string[]> {
  let seen: string[] = [];
  await expect(async () => {
    seen = [...(await read())];
    for (const each of people) expect(await each.blocks(), `what ${each.name} sees`).toEqual(seen);
  }).toPass({ timeout: 25_000, intervals: [50, 100, 250] });
  return seen;
}
