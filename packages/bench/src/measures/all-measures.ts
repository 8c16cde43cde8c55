import type { Measure } from "../measure.ts";
import { browser } from "./browser.ts";
import { browserMemory } from "./browser-memory.ts";
import { durability } from "./durability.ts";
import { fanOut } from "./fan-out.ts";
import { ingest } from "./ingest.ts";
import { manyDocuments } from "./many-documents.ts";
import { money } from "./money.ts";
import { opening } from "./opening.ts";
import { past } from "./past.ts";
import { wake } from "./wake.ts";
import { writers } from "./writers.ts";

/** In the order in which they run: the cold openings and the waking need what the trace leaves behind. */
export const allMeasures: readonly Measure[] = [
  fanOut,
  writers,
  manyDocuments,
  ingest,
  opening,
  wake,
  durability,
  money,
  past,
  browser,
  browserMemory,
];
