import AxeBuilder from "@axe-core/playwright";
import { expect } from "./expect.ts";
import type { Person } from "./person.ts";

/**
 * What axe calls serious or critical on the page as it is now: none, or the names of the rules and where.
 *
 * @param withToasts look at toasts as well: only where they stay for longer than the look takes. One that begins to fade
 * meanwhile has a colour that nobody gets to read, so else it is waited until there are none
 */
export async function expectAccessible(
  someone: Person,
  place: string,
  { withToasts = false } = {},
): Promise<void> {
  if (!withToasts) await expect(someone.page.locator("[data-sonner-toast]")).toHaveCount(0);
  // the same is true in the middle of a transition
  await someone.page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
  );
  const { violations } = await new AxeBuilder({ page: someone.page })
    // Long lines of code and wide tables in the live text scroll with the caret, which axe does not know. A stop for Tab there would take
    // the focus away from the text.
    .exclude("[contenteditable=true] pre")
    .exclude("[contenteditable=true] .tableWrapper")
    .analyze();
  const grave = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join("\n  ")}`);
  expect(grave, place).toEqual([]);
}
