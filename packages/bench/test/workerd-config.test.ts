import { expect, it } from "vitest";
import { workerdConfig } from "../src/targets/workerd-config.ts";

it("listens on the loopback only and quotes what it is given", () => {
  const config = workerdConfig({
    port: 4321,
    module: "main.js",
    compatibilityDate: "2026-10-15",
    binding: "ROOMS",
    className: "Floor",
    uniqueKey: "a-b",
    objectsDir: '/tmp/a "quoted" folder',
  });
  expect(config).toContain('address = "127.0.0.1:4321"');
  expect(config).toContain('path = "/tmp/a \\"quoted\\" folder"');
  expect(config).toContain('(className = "Floor", uniqueKey = "a-b", enableSql = true)');
});
