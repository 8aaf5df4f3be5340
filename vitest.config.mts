import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/real/**"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // One less by default, which is half of two.
          maxWorkers: availableParallelism(),
        },
      },
      {
        test: {
          name: "real",
          include: ["test/real/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // Two processes for all files, which mostly wait for servers. The files of a process share those that are started once.
          maxWorkers: 2,
          isolate: false,
          globalSetup: ["test/real/servers/setup.ts"],
        },
      },
    ],
  },
});
