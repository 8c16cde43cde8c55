/** A failure the user can put right: its message is a whole sentence, and it is shown without a stack. */
export class PlainError extends Error {
  override readonly name = "PlainError";
}

/** Runs a command's body; a PlainError becomes one line and exit code 1, anything else keeps its stack. */
export async function orPlainError(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof PlainError ? error.message : error);
    process.exit(1);
  }
}
