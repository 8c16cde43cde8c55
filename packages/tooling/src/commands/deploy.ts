import { buildStale } from "../build.ts";
import { orPlainError, PlainError } from "../plain-error.ts";
import { runTool } from "../run-tool.ts";

/** Builds, then hands over to wrangler, which makes the database and the bucket on the first deploy and finds them again later. */
export async function main(): Promise<void> {
  await orPlainError(async () => {
    const account = await runTool("wrangler", ["whoami"]);
    if (account.code !== 0 || /not authenticated/i.test(account.output)) {
      throw new PlainError(
        "You are not logged in to Cloudflare. Run npx wrangler login once (or set CLOUDFLARE_API_TOKEN), then run npm run deploy again.",
      );
    }
    await buildStale();
    const { code, output } = await runTool("wrangler", ["deploy"], { live: true });
    if (code !== 0 && /enable R2|10042/i.test(output)) {
      throw new PlainError(
        "Your Cloudflare account has no R2 yet, where pictures and files are kept. Switch it on in the dashboard (R2), or remove [[r2_buckets]] from wrangler.toml, and run npm run deploy again.",
      );
    }
    if (code !== 0) throw new PlainError("The deploy failed: see wrangler's message above.");
  });
}
