import type { Measure } from "../measure.ts";
import { fanOut } from "./fan-out.ts";
import { ingest } from "./ingest.ts";
import { writers } from "./writers.ts";

/** In the order in which they run. */
export const allMeasures: readonly Measure[] = [fanOut, writers, ingest];
