// Versions that are texts in code are found by patterns: one that matches nothing would let its version grow old in silence.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Manager {
  readonly description: string;
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly depNameTemplate?: string;
}

const { customManagers } = JSON.parse(readFileSync("renovate.json", "utf8")) as { customManagers: readonly Manager[] };

const found = customManagers.flatMap(({ managerFilePatterns, matchStrings, depNameTemplate }) =>
  managerFilePatterns
    .flatMap((file) => matchStrings.flatMap((text) => [...readFileSync(file, "utf8").matchAll(new RegExp(text, "g"))]))
    .map(({ groups = {} }) => `${depNameTemplate ?? groups.depName} ${groups.currentValue}`),
);

test.each([
  "ghcr.io/grafana-community/helm-charts/loki",
  "ghcr.io/grafana-community/helm-charts/tempo",
  "alloy",
  "grafana/loki",
  "grafana/tempo",
  "grafana/alloy",
  "rook/rook",
  "external-secrets/external-secrets",
  "grafana/grafana-operator",
  "grafana/tempo-operator",
])("%s is watched", (name) => {
  expect(found.filter((line) => line.startsWith(`${name} `))).toEqual([expect.stringMatching(/ v?[0-9]+\.[0-9]+\.[0-9]+$/)]);
});
