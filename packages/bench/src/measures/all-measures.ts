import type { Measure } from "../measure.ts";
import { fanOut } from "./fan-out.ts";
import { ingest } from "./ingest.ts";
import { manyDocuments } from "./many-documents.ts";
import { opening } from "./opening.ts";
import { writers } from "./writers.ts";

/** In the order in which they run: the cold openings need what the trace leaves behind. */
export const allMeasures: readonly Measure[] = [fanOut, writers, manyDocuments, ingest, opening];
