import type { NodeSqlite } from "@palimpsest/testkit/node-sqlite";
import type { Network } from "./network.ts";
import type { Process, TurnReport } from "./process.ts";
import type { Tally } from "./tally.ts";
import type { WallClock } from "./wall-clock.ts";

/** Who looks on. */
export interface Observer {
  turn(report: TurnReport): void;
  /** The process died and has started again: what is stored is all there is. */
  died(): void;
}

/** What all objects of the document share: the machine, the database and those who look on. */
export interface Site {
  readonly driver: NodeSqlite;
  readonly network: Network;
  readonly clock: WallClock;
  readonly observer: Observer;
  readonly tally: Tally;
  /** How long messages, and presences, wait for each other. */
  readonly crowdMs: number;
  /** Readers may have little on their way to them. */
  readonly narrow: boolean;
  /** Of versions that were named. */
  versions: number;
  /** A process has written, and its turn is committed. */
  wrote(process: Process): void;
  /** A process is gone, and its sockets with it. */
  died(process: Process): void;
}
