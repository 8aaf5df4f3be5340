// README.md says what must be there before the first `up`; the stacks' files say what they expect.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "./support/preview";

const readme = readFileSync(join(root, "README.md"), "utf8");
const [, section = ""] = /### Before the first `up`\n([\s\S]*?)\n### /.exec(readme) ?? [];

/** Where a stack's file names Secrets that it does not make. */
const namesOfSecrets = /(?:certificateSecret|ca\.secret\.name|existingSecret|source\.secrets\.\w+|token\.name)$/;

function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, path ? `${path}.${key}` : key));
}

test.each(["dev", "prod", "hetzner", "local"])("every Secret that %s needs beforehand is in the README, with its command", (stack) => {
  const { config } = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8"));
  const secrets = texts(config).flatMap(([path, name]) => (namesOfSecrets.test(path) ? [name] : []));
  expect(secrets.length).toBeGreaterThan(0);
  for (const name of secrets) {
    expect(section).toMatch(new RegExp(`\\| .*\`${name}\``));
    expect(section).toMatch(new RegExp(`kubectl -n \\S+ create secret \\S+ ${name} `));
  }
  expect(config["granary:cluster"].existingNamespaces).toEqual(["observability"]);
});
