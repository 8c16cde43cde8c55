import { buildStale } from "../build.ts";
import { orPlainError, PlainError } from "../plain-error.ts";
import { runTool } from "../run-tool.ts";

/** Builds, then hands over to wrangler, which makes the database on the first deploy and finds it again later. */
export async function main(): Promise<void> {
  await orPlainError(async () => {
    const account = await runTool("wrangler", ["whoami"]);
    if (account.code !== 0 || /not authenticated/i.test(account.output)) {
      throw new PlainError(
        "You are not logged in to Cloudflare. Run npx wrangler login once (or set CLOUDFLARE_API_TOKEN), then run npm run deploy again.",
      );
    }
    await buildStale();
    const { code } = await runTool("wrangler", ["deploy"], { live: true });
    if (code !== 0) throw new PlainError("The deploy failed: see wrangler's message above.");
  });
}
