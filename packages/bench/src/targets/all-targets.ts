import type { Target } from "../target.ts";
import { floors } from "./floors.ts";
import { ours } from "./ours.ts";
import { peers } from "./peers.ts";

/** In the order of the table's columns. */
export const allTargets: readonly Target[] = [ours, ...floors, ...peers];
