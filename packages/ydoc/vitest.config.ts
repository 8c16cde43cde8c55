import { defineConfig } from "vitest/config";

// random histories take seconds on a busy machine; a test that hangs is still ended
export default defineConfig({ test: { testTimeout: 120_000 } });
