import { app } from "./app.ts";

/** German, by catalogue. */
export const catalogues: Readonly<Record<string, object>> = { app };
