// Nothing that is a secret may appear anywhere: not in a result, not in what is said meanwhile, not in an error.
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { formats } from "../../preview/arguments";
import { Secrets } from "../../preview/host/secrets";
import { runPreview } from "../support/command";
import { expectOk, previewProgram, root } from "../support/preview";

const scratch = mkdtempSync(join(tmpdir(), "granary-secrets-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const checks = join(root, "test/preview/fixtures/packs/checks");
const placeholder = "secret-at-sample-token";
const inOtherForms = [Buffer.from(placeholder).toString("base64")];

function sample(behaviour: string): string {
  const folder = join(scratch, behaviour);
  cpSync(join(root, "test/preview/fixtures/project"), folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "Pulumi.two.yaml"), `config:\n  sample:behaviour: ${behaviour}\n  sample:token: {secure: AAAB}\n`);
  return folder;
}

function expectClean(text: string): void {
  for (const form of [placeholder, ...inOtherForms]) expect(text).not.toContain(form);
}

test.each(formats)("not in the result as %s, nor in what a careless program prints", async (format) => {
  const args = ["--cwd", sample(`shouts`), "--stack", "two", "--format", format, "--policy-pack", checks];
  const { code, stdout, stderr } = await runPreview(args);
  expect(code).toBe(0);
  expectClean(stdout + stderr);
  expect(stderr).toContain("stdout [secret]");
  expect(stderr).toContain("stderr [secret]");
  expect(stderr).toContain("warning [secret] and [secret]");
  rmSync(join(scratch, "shouts"), { recursive: true });
});

test.each(["throws-secret", "asks-secret"])("not in the error when the program %s", async (behaviour) => {
  const { code, stdout, stderr } = await runPreview(["--cwd", sample(behaviour), "--stack", "two"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expectClean(stderr);
  expect(stderr).toContain("[secret]");
});

test("not in the message of a policy, which sees it in plain", async () => {
  const secrets = { "test:prefix": "seen-in-plain" };
  const { policies } = await expectOk(
    previewProgram(
      `
      import * as pulumi from "@pulumi/pulumi";
      import * as random from "@pulumi/random";
      new random.RandomPet("pet", { prefix: new pulumi.Config("test").requireSecret("prefix") });
    `,
      { secrets, packs: [checks] },
    ),
  );
  expect(policies.find(({ policy }) => policy === "says-what-it-sees")?.message).toContain("prefix is [secret]");
});

test("not when the program unwraps it, or makes it itself", async () => {
  const { resource, raw } = await expectOk(
    previewProgram(`
      import * as pulumi from "@pulumi/pulumi";
      import * as random from "@pulumi/random";
      const made = pulumi.secret("made-here-1234");
      new random.RandomPet("first", { keepers: { a: made } });
      new random.RandomPet("second", { prefix: pulumi.unsecret(made), keepers: { json: made.apply((v) => JSON.stringify({ v })) } });
    `),
  );
  expect(resource("first").inputs).toEqual({ keepers: { a: "[secret]" } });
  expect(resource("second").inputs.prefix).toBe("[secret]");
  expect(raw?.secrets.mask("it was made-here-1234!")).toBe("it was [secret]!");
});

test("masking takes the longest first, in JSON, URLs and base64 too, and leaves ordinary text alone", () => {
  const secrets = new Secrets();
  for (const text of ["abcd", "abcd-efgh", 'q"uote', "a/b c", "no"]) secrets.add(text);
  expect(secrets.mask("abcd-efgh abcd")).toBe("[secret] [secret]");
  expect(secrets.mask(JSON.stringify({ key: 'q"uote' }))).toBe('{"key":"[secret]"}');
  expect(secrets.mask(`https://x/${encodeURIComponent("a/b c")}`)).toBe("https://x/[secret]");
  expect(secrets.mask(Buffer.from("abcd-efgh").toString("base64"))).toBe("[secret]");
  secrets.add("-----BEGIN KEY-----\nMIIBVgIBADANBg\n-----END KEY-----\n");
  expect(secrets.mask("here: MIIBVgIBADANBg")).toBe("here: [secret]");
  expect(secrets.mask("no and nothing")).toBe("no and nothing");
});
