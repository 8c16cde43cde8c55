import type { AppendBatch, Frame, Seq } from "@palimpsest/history";
import {
  crc32,
  decodeSegment,
  encodeFrames,
  rowChecksum,
  type SqlDriver,
  SqliteStore,
  type SqlValue,
} from "@palimpsest/store";
import { SMALL } from "./process.ts";
import { Server } from "./server.ts";

/** The database, with something done to what is written. */
function altered(driver: SqlDriver, exec: SqlDriver["exec"]): SqlDriver {
  return {
    exec,
    query: (sql, ...params) => driver.query(sql, ...params),
    transaction: (act) => driver.transaction(act),
  };
}

/** Writes where it thinks that the log ends, whoever has written there. */
export class WritesOverTheOther extends Server {
  protected override openStore(): SqliteStore {
    const { driver } = this;
    const careless = (sql: string) =>
      sql
        .replace(/WHERE coalesce\(.*\) = \?/, "WHERE ? IS NOT NULL")
        .replace("INSERT INTO owners", "INSERT OR REPLACE INTO owners")
        .replace("WHERE user_id = excluded.user_id", "");
    return new SqliteStore(
      altered(driver, (sql, ...params) => driver.exec(careless(sql), ...params)),
      { sizes: SMALL },
    );
  }

  protected override append({ after: _, ...batch }: AppendBatch): Seq {
    return super.append(batch);
  }
}

/** When it packs rows, one frame of them becomes a copy of the one before. */
export class PacksLoseAFrame extends Server {
  protected override openStore(): SqliteStore {
    const { driver } = this;
    let frames: Frame[] = [];
    const exec = (sql: string, ...params: readonly SqlValue[]) => {
      if (sql.startsWith("DELETE FROM segments WHERE first_seq >")) {
        const rows = driver.query(
          "SELECT first_seq, bytes FROM segments WHERE first_seq >= ? AND first_seq <= ? ORDER BY first_seq",
          ...params,
        );
        frames = rows.flatMap((row) => decodeSegment(row.bytes as Uint8Array, row.first_seq as Seq));
      }
      if (!sql.startsWith("UPDATE segments SET last_seq")) return driver.exec(sql, ...params);
      const wrong = frames.map((frame, i) =>
        i === 1 ? { ...frame, update: frames[0]?.update as Uint8Array } : frame,
      );
      const { bytes } = encodeFrames(wrong, 0, 0);
      const asClosed = [...params];
      asClosed[2] = 1;
      asClosed[6] = bytes;
      const [lastSeq, lastTime] = params as [Seq, number];
      asClosed[8] = rowChecksum(crc32(bytes), params.at(-1) as Seq, lastSeq, lastTime);
      return driver.exec(sql, ...asClosed);
    };
    return new SqliteStore(altered(driver, exec), { sizes: SMALL });
  }
}
