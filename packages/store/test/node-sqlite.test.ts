import { NodeSqlite } from "@palimpsest/testkit/node-sqlite";
import { describeDocumentStore } from "../src/contract-suite.ts";

describeDocumentStore("node:sqlite", (use) => {
  const driver = new NodeSqlite();
  use(driver);
  driver.close();
});
