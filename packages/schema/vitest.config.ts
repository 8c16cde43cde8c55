import { defineConfig } from "vitest/config";

// Property tests share the machine with the other packages' suites; the default of 5 s is met only on an idle one.
export default defineConfig({ test: { testTimeout: 60_000 } });
