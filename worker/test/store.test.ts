import { runInDurableObject } from "cloudflare:test";
import { describeDocumentStore } from "@palimpsest/store/contract-suite";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { stubOf } from "./support/api.ts";

let objects = 0;

describeDocumentStore("a Durable Object's SQLite", (use) => {
  objects += 1;
  return runInDurableObject(stubOf(`empty ${objects}`), (_, { storage }) => {
    // starting the object has made its tables; the suite begins with nothing
    const tables = storage.sql.exec(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
    );
    for (const { name } of tables.toArray()) storage.sql.exec(`DROP TABLE "${name}"`);
    use(sqlDriver(storage));
  });
});
