import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runPreview } from "../support/command";
import { root } from "../support/preview";

const sample = join(root, "test/preview/fixtures/project");
const checks = join(root, "test/preview/fixtures/packs/checks");
const scratch = mkdtempSync(join(tmpdir(), "granary-preview-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A copy of the sample project with other stacks. */
function project(name: string, stacks: Readonly<Record<string, string>>, yaml?: string): string {
  const folder = join(scratch, name);
  cpSync(sample, folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const stack of ["one", "two"]) rmSync(join(folder, `Pulumi.${stack}.yaml`));
  for (const [stack, text] of Object.entries(stacks)) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), text);
  if (yaml !== undefined) writeFileSync(join(folder, "Pulumi.yaml"), yaml);
  return folder;
}

test("all stacks by default, as a tree; results on stdout, progress on stderr, no colour", async () => {
  const { code, stdout, stderr } = await runPreview(["--cwd", sample]);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      /^one {2}3 resources\n[\s\S]*\ntwo {2}3 resources\n[\s\S]*\n2 stacks, 6 resources; 0 violations, 0 pieces of advice\n$/,
    ),
  });
  expect(stdout).toContain("├─ pet  random pet (protected)");
  expect(stdout).toContain("│  └─ plain  random pet");
  expect(stdout).toContain("└─ default_4_");
  expect(stdout.includes("\u001b")).toBe(false);
  expect(stderr).toMatch(/one: 4 resources in \d+\.\d s\n/);
});

test("--stack picks stacks, each once and in order", async () => {
  const { code, stdout } = await runPreview(["--cwd", sample, "--stack", "two", "--stack", "two", "--format", "json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).stacks.map(({ stack }: { stack: string }) => stack)).toEqual(["two"]);
});

test("JSON is what docs/preview.md says, and the same every time", async () => {
  const [first, second] = await Promise.all([
    runPreview(["--cwd", sample, "--format", "json"]),
    runPreview(["--cwd", sample, "--format", "json"]),
  ]);
  expect(first.stdout).toBe(second.stdout);
  const content = JSON.parse(first.stdout);
  expect(Object.keys(content)).toEqual(["granary", "stacks"]);
  expect(content.granary).toBe(1);
  expect(content.stacks.map((stack: object) => Object.keys(stack))).toEqual(Array(2).fill(["stack", "resources", "policies", "outputs"]));
  const two = content.stacks[1];
  const urns = two.resources.map(({ urn }: { urn: string }) => urn);
  expect(urns).toEqual([...urns].sort());
  expect(two.resources.find(({ name }: { name: string }) => name === "pet")).toEqual({
    urn: "urn:pulumi:two::sample::random:index/randomPet:RandomPet::pet",
    type: "random:index/randomPet:RandomPet",
    name: "pet",
    parent: "urn:pulumi:two::sample::pulumi:pulumi:Stack::sample-two",
    provider: expect.stringContaining("::pulumi:providers:random::default_"),
    protect: true,
    retainOnDelete: false,
    dependsOn: [],
    inputs: { length: 3, prefix: "[secret]" },
  });
  expect(two.outputs).toEqual({ prefix: "[secret]", size: 3 });
});

test("--out writes the result to a file, as a whole, and stdout stays empty", async () => {
  const file = join(scratch, "result.md");
  const { code, stdout } = await runPreview(["--cwd", sample, "--format", "markdown", "--out", file]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(/^## Preview\n[\s\S]*<details>\n<summary><b>two<\/b>: 3 resources;/);
  expect(readdirSync(scratch).filter((name) => name.startsWith(".result"))).toEqual([]);
});

test("a mandatory violation ends with 1 and the whole report", async () => {
  const config = join(scratch, "strict.json");
  writeFileSync(config, JSON.stringify({ "says-what-it-sees": "disabled", "one-stack": "mandatory" }));
  const { code, stdout } = await runPreview(["--cwd", sample, "--stack", "one", "--policy-pack", checks, "--policy-pack-config", config]);
  expect(code).toBe(1);
  expect(stdout).toContain("violation checks/one-stack  sample-one");
  expect(stdout).toContain("1 stack, 3 resources; 1 violation, 0 pieces of advice");
});

test("one stack that fails means no report for any, an untouched file and exit 2 with the cause", async () => {
  const folder = project("half", { good: "config: {sample:behaviour: good}\n", bad: "config: {sample:behaviour: throws}\n" });
  const file = join(scratch, "kept.txt");
  writeFileSync(file, "before");
  const { code, stdout, stderr } = await runPreview(["--cwd", folder, "--out", file]);
  expect({ code, stdout, file: readFileSync(file, "utf8") }).toEqual({ code: 2, stdout: "", file: "before" });
  expect(stderr).toContain("bad: the program failed:");
  expect(stderr).toContain("the program came to a stop");
  expect(stderr).toMatch(/index\.ts:\d+:\d+/);
});

test("an unknown stack is one clear error that names the known ones", async () => {
  const { code, stdout, stderr } = await runPreview(["--cwd", sample, "--stack", "three"]);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: 'there is no stack "three"; known are one, two\n' });
});

test.each([
  [["--stak", "one"], /there is no option --stak; did you mean --stack\?/],
  [["--format", "html"], /--format is "html"; it must be one of text, json, markdown/],
  [["one"], /Unexpected argument 'one'/],
  [["--stack"], /--stack/],
  [["--cwd", "/nowhere"], /is not a Pulumi project: it has no Pulumi.yaml/],
  [["--policy-pack", "/nowhere"], /\/nowhere is not a policy pack/],
  [["--policy-pack-config", "a.json"], /--policy-pack-config is given 1 times for 0 packs/],
  [["--out", "/nowhere/at/all.txt"], /--out \/nowhere\/at\/all.txt can't be written/],
])("arguments %j are refused", async (args, cause) => {
  const cwd = args.includes("--cwd") ? [] : ["--cwd", sample];
  const { code, stdout, stderr } = await runPreview([...cwd, ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(cause);
});

test("--help explains and ends well", async () => {
  const { code, stdout } = await runPreview(["--help"]);
  expect(code).toBe(0);
  for (const option of ["--stack", "--format", "--out", "--policy-pack", "--filled", "--help"]) expect(stdout).toContain(option);
});

test("wrong configuration of several stacks is reported at once, before anything runs", async () => {
  const folder = project("wrong", {
    a: "config: {a:b:c:d: 1}\n",
    b: "config: [1]\n",
    c: "config: {sample:size: many}\n",
    d: "environment: [prod]\n",
    e: "a: [\n",
  });
  const { code, stderr } = await runPreview(["--cwd", folder]);
  expect(code).toBe(2);
  expect(stderr).toContain("a:b:c:d: configuration keys have the form <namespace>:<name>");
  expect(stderr).toContain("Pulumi.b.yaml: config must be a mapping of keys to values");
  expect(stderr).toContain("size must be of type integer");
  expect(stderr).toContain("imports Pulumi ESC environments, which an offline preview can't open");
  expect(stderr).toContain("Pulumi.e.yaml is not valid YAML");
  expect(existsSync(folder)).toBe(true);
});
