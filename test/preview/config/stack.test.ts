import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { knownStacks, readProject } from "../../../preview/config/files";
import { placeholder } from "../../../preview/config/placeholders";
import { readStack } from "../../../preview/config/stack";

const scratch = mkdtempSync(join(tmpdir(), "granary-config-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let count = 0;
/** A project with these files; the stack is "dev". */
function project(stack: string, yaml = "name: sample\nruntime: nodejs\n") {
  const folder = join(scratch, String(count++));
  mkdirSync(folder);
  writeFileSync(join(folder, "Pulumi.yaml"), yaml);
  writeFileSync(join(folder, "Pulumi.dev.yaml"), stack);
  return readProject(folder);
}
const withConfig = (config: string) => `name: sample\nruntime: nodejs\nconfig:\n${config}`;

describe("a stack's configuration", () => {
  test("is texts by full key; what is no text is JSON with sorted keys", () => {
    const stack = readStack(
      project("config:\n  a: text\n  sample:b: 3\n  aws:c: true\n  sample:config:d: old\n  e: {z: [1, two], a: {y: 1, x: null}}\n"),
      "dev",
    );
    expect(stack.config).toEqual({
      "sample:a": "text",
      "sample:b": "3",
      "aws:c": "true",
      "sample:d": "old",
      "sample:e": '{"a":{"x":null,"y":1},"z":[1,"two"]}',
    });
    expect(stack.secretKeys).toEqual([]);
  });

  test("has placeholders for what is encrypted, at any depth, and marks the whole key as secret", () => {
    const stack = readStack(
      project("config:\n  token: {secure: AAA}\n  plain: {secure: 3}\n  keys:\n    open: yes\n    list: [{secure: BBB}]\n"),
      "dev",
    );
    expect(stack.config["sample:token"]).toBe(placeholder("sample:token"));
    expect(stack.config["sample:keys"]).toBe(JSON.stringify({ list: [placeholder("sample:keys.list[0]")], open: "yes" }));
    // Only a text is something encrypted.
    expect(stack.config["sample:plain"]).toBe('{"secure":3}');
    expect(stack.secretKeys).toEqual(["sample:keys", "sample:token"]);
    expect(stack.secretTexts).toEqual([placeholder("sample:token"), placeholder("sample:keys.list[0]")]);
  });

  test("can be overridden by tests, as plain values and as secrets", () => {
    const stack = readStack(project("config: {a: 1, b: {secure: AAA}}\n"), "dev", {
      config: { "sample:b": "open" },
      secrets: { "sample:a": { key: "hidden" } },
    });
    expect(stack.config).toEqual({ "sample:a": '{"key":"hidden"}', "sample:b": "open" });
    expect(stack.secretKeys).toEqual(["sample:a"]);
    expect(stack.secretTexts).toContain("hidden");
  });

  test("is read as the CLI's own YAML library reads it", () => {
    const lines = ["date: 2024-04-01", "time: 2024-04-01T12:30:00.50+02:00", "quoted: '2024-04-01'", "no-date: 2024-13-01", "octal: 0777"];
    const text = ["config:", ...lines, "grouped: 1_000", "yes: yes", "nothing:"].join("\n  ");
    expect(readStack(project(text), "dev").config).toEqual({
      "sample:date": "2024-04-01 00:00:00 +0000 UTC",
      "sample:time": "2024-04-01 12:30:00.5 +0200 +0200",
      "sample:quoted": "2024-04-01",
      "sample:no-date": "2024-13-01",
      "sample:octal": "511",
      "sample:grouped": "1000",
      "sample:yes": "yes",
      "sample:nothing": "null",
    });
  });

  test.each([
    ["an empty file", ""],
    ["no configuration", "encryptionsalt: v1:x\n"],
    ["empty configuration", "config:\n"],
  ])("may be nothing: %s", (_, text) => {
    expect(readStack(project(text), "dev").config).toEqual({});
  });
});

describe("Pulumi.yaml", () => {
  test("gives defaults and values, which a stack's own go over", () => {
    const yaml = withConfig(
      "  size: {type: integer, default: 2}\n  zone: {default: a}\n  flat: x\n  aws:region: eu-west-1\n  aws:profile: {value: dev}\n  list: {type: array, items: {type: string}, default: [a, b]}\n",
    );
    expect(readStack(project("config: {zone: b}\n", yaml), "dev").config).toEqual({
      "sample:size": "2",
      "sample:zone": "b",
      "sample:flat": "x",
      "aws:region": "eu-west-1",
      "aws:profile": "dev",
      "sample:list": '["a","b"]',
    });
  });

  test("says which keys a stack must give and of which type they are; all that is wrong is told at once, values never", () => {
    const yaml = withConfig(
      "  one: {type: string}\n  two: {type: integer}\n  three: {type: array, items: {type: boolean}}\n  four: {type: string, secret: true}\n  five: {type: object}\n",
    );
    const read = () =>
      readStack(project("config:\n  two: sesame\n  three: [true, sesame]\n  four: sesame\n  five: sesame\n  a:b:c: 1\n", yaml), "dev");
    expect(read).toThrow(/two must be of type integer/);
    expect(read).toThrow(/three must be of type array<boolean>/);
    expect(read).toThrow(/four must be encrypted; run: pulumi config set --secret four --stack dev/);
    expect(read).toThrow(/five must be of type object/);
    expect(read).toThrow(/a:b:c: configuration keys have the form <namespace>:<name>/);
    expect(read).toThrow(/missing configuration value one/);
    expect(read).not.toThrow(/sesame/);
  });

  test("names the program: nothing, a folder or a file inside the project", () => {
    expect(project("")).toMatchObject({ entry: ".", pwd: expect.stringContaining(scratch) });
    const folder = join(scratch, "with-main");
    mkdirSync(join(folder, "infra"), { recursive: true });
    writeFileSync(join(folder, "infra", "program.ts"), "");
    const main = (path: string) => {
      writeFileSync(join(folder, "Pulumi.yaml"), `name: sample\nruntime: {name: nodejs, options: {tsconfig: x}}\nmain: ${path}\n`);
      return readProject(folder);
    };
    expect(main("infra")).toMatchObject({ pwd: join(folder, "infra"), entry: "." });
    expect(main("infra/program.ts")).toMatchObject({ pwd: join(folder, "infra"), entry: "program.ts" });
    expect(() => main("../elsewhere")).toThrow(/main must be a path inside the project/);
    expect(() => main("/etc")).toThrow(/main must be a path inside the project/);
    expect(() => main("missing")).toThrow(/does not exist/);
  });

  test("may keep the stacks in a folder of their own", () => {
    const folder = join(scratch, "stacks-elsewhere");
    mkdirSync(join(folder, "stacks"), { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), "name: sample\nruntime: nodejs\nstackConfigDir: stacks\n");
    writeFileSync(join(folder, "stacks", "Pulumi.prod.yaml"), "config: {a: 1}\n");
    writeFileSync(join(folder, "stacks", "Pulumi.test.yml"), "");
    expect(knownStacks(readProject(folder))).toEqual(["prod", "test"]);
    expect(readStack(readProject(folder), "prod").config).toEqual({ "sample:a": "1" });
  });

  test.each([
    ["runtime: nodejs\n", /name must be a text/],
    ["name: sample\nruntime: python\n", /runtime is "python"; only nodejs programs can be previewed/],
    ["- a\n", /must be a mapping/],
    ["a: 1\na: 2\n", /is not valid YAML/],
  ])("is refused when it says %j", (yaml, cause) => {
    expect(() => project("", yaml)).toThrow(cause);
  });
});

test("placeholders are told apart by their path, and have the shape that a path calls for", () => {
  expect(placeholder("granary:storage.keys[0].secretKey")).toBe("secret-at-granary-storage-keys-0-secretKey");
  expect(JSON.parse(placeholder("granary:backup.serviceAccountKey"))).toBeTypeOf("object");
  expect(Number(placeholder("granary:proxy.port"))).toBeGreaterThan(0);
});
