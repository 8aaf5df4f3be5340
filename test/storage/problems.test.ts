import { describe, expect, test } from "vitest";
import { aws } from "./problem-cases/aws";
import { awsEndpoint } from "./problem-cases/aws-endpoint";
import { awsObjects } from "./problem-cases/aws-objects";
import { buckets } from "./problem-cases/buckets";
import { cleanUp } from "./problem-cases/clean-up";
import { filesystem } from "./problem-cases/filesystem";
import { grants } from "./problem-cases/grants";
import { hetzner } from "./problem-cases/hetzner";
import { rook } from "./problem-cases/rook-ceph";
import { s3 } from "./problem-cases/s3";
import { keys, source } from "./problem-cases/secrets";
import { problemsOf } from "./support/settings";

const table = {
  buckets,
  grants,
  cleanUp,
  keys,
  rook,
  aws: [...aws, ...awsObjects, ...awsEndpoint],
  others: [...hetzner, ...s3, ...filesystem],
};

for (const [name, cases] of Object.entries(table)) {
  describe(`bad settings: ${name}`, () => {
    test.each(cases)("%s", (_what, stack, change, error) => {
      expect(problemsOf(stack, change)).toEqual([error]);
    });
  });
}

test("the table holds every kind of mistake, each with words of its own", () => {
  const errors = Object.values(table)
    .flat()
    .map(([, , , error]) => error);
  expect(errors.length).toBeGreaterThanOrEqual(80);
  expect(new Set(errors).size).toBe(errors.length);
});

test.each(["dev", "prod", "hetzner", "local", "filesystem"])("%s as it is has nothing wrong", (stack) => {
  expect(problemsOf(stack, {})).toEqual([]);
});

test("several mistakes are told at once", () => {
  const found = problemsOf("hetzner", {
    "storage.onDestroy": "delete-all-data",
    "storage.accessKeyIds.tempo": undefined,
    "storage.lifecycle": { margin: "1h" },
  });
  expect(found).toHaveLength(3);
});

test("no error repeats a key", () => {
  const secret = "SECRETSECRETSECRET";
  const found = problemsOf("hetzner", {
    keys: { loki: { accessKeyId: secret, secretAccessKey: secret }, tempo: { accessKeyId: secret, secretAccessKey: "" } },
    [source]: { kind: "pulumi" },
  });
  expect(found.length).toBeGreaterThan(0);
  expect(found.join()).not.toContain(secret);
});
