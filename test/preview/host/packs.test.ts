import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectOk, previewProgram, root } from "../../support/preview";

const program = "test/preview/fixtures/programs/random.ts";
const checks = "test/preview/fixtures/packs/checks";

test("packs check resources and the whole stack, with the Stack and the providers in it", async () => {
  const { policies, exit } = await expectOk(previewProgram(program, { config: { "test:prefix": "seen-blue" }, packs: [checks] }));
  expect(exit).toBe(0);
  expect(policies.map(({ policy, level, message }) => ({ policy, level, message }))).toEqual([
    {
      policy: "one-stack",
      level: "advisory",
      message:
        "Looks at the whole stack.\nsaw pulumi:providers:random pulumi:pulumi:Stack random:index/randomPassword:RandomPassword " +
        "random:index/randomPet:RandomPet test:index:Group",
    },
    { policy: "says-what-it-sees", level: "advisory", message: "Shows the prefix of a pet.\nprefix is seen-blue" },
  ]);
});

test("the configuration of a pack goes over the defaults of its policies, and a mandatory violation means exit 1", async () => {
  const strict = { folder: checks, config: { "no-short-passwords": { minimum: 32 }, "one-stack": "disabled" as const } };
  const { policies, exit } = await expectOk(previewProgram(program, { packs: [strict] }));
  expect(exit).toBe(1);
  expect(policies).toEqual([
    {
      pack: "checks",
      policy: "no-short-passwords",
      level: "mandatory",
      urn: "urn:pulumi:dev::test::test:index:Group$random:index/randomPassword:RandomPassword::group-password",
      message: "Passwords are long.\npassword of 20 characters, 32 are needed",
    },
  ]);
});

test("`all` sets the level of every policy, and a policy's own setting goes over it", async () => {
  const config = { all: "disabled" as const, "says-what-it-sees": "mandatory" as const };
  const { policies } = await expectOk(
    previewProgram(program, { config: { "test:prefix": "seen-x" }, packs: [{ folder: checks, config }] }),
  );
  expect(policies.map(({ policy, level }) => [policy, level])).toEqual([["says-what-it-sees", "mandatory"]]);
});

test("wrong pack configuration is refused, all of it at once", async () => {
  const config = { "no-short-password": "mandatory" as const, "one-stack": "fatal" as never };
  const { errors, exit } = await previewProgram(program, { packs: [{ folder: checks, config }] });
  expect(exit).toBe(2);
  expect(errors.join()).toContain("no-short-password: the pack has no such policy");
  expect(errors.join()).toContain('one-stack: "fatal" is not one of advisory, mandatory, disabled, remediate');
});

test("a remediation changes what the program, later packs and the report see", async () => {
  const text = `
    import * as random from "@pulumi/random";
    const pet = new random.RandomPet("pet", { length: 1 });
    export const length = pet.length;
  `;
  const { outputs, policies, resource } = await expectOk(previewProgram(text, { packs: [checks] }));
  expect(resource("pet").inputs).toEqual({ length: 2 });
  expect(outputs).toEqual({ length: 2 });
  expect(policies.find(({ policy }) => policy === "long-pets")).toMatchObject({
    level: "remediate",
    message: "remediated: Pets have long names.",
  });
});

test("a policy that needs what is known only later says so instead of passing", async () => {
  const text = 'import * as random from "@pulumi/random";\nnew random.RandomId("id", { byteLength: 4 });\n';
  const { policies, exit } = await expectOk(previewProgram(text, { packs: [checks] }));
  expect(exit).toBe(0);
  expect(policies.find(({ policy }) => policy === "reads-computed")).toMatchObject({
    level: "advisory",
    message: expect.stringMatching(/can't run policy 'reads-computed' .* during preview/),
  });
});

test("packs get the id or the URN of what refers to a resource", async () => {
  const text = `
    import * as pulumi from "@pulumi/pulumi";
    import * as aws from "@pulumi/aws";
    class Group extends pulumi.ComponentResource {
      constructor() {
        super("test:index:Group", "group");
        this.registerOutputs({ self: this, bucket: new aws.s3.Bucket("bucket", { bucket: "logs" }), later: new aws.s3.Bucket("later") });
      }
    }
    new Group();
  `;
  const folder = pack(
    "references",
    `import { PolicyPack } from "@pulumi/policy";
    new PolicyPack("references", { policies: [{ name: "tell", description: "Tells.", enforcementLevel: "advisory", validateStack: ({ resources }, report) => {
      const { self, bucket } = resources.find(({ name }) => name === "group")!.props as any;
      report(self + " " + bucket);
    } }] });`,
  );
  const { policies } = await expectOk(previewProgram(text, { packs: [folder] }));
  expect(policies.map(({ message }) => message)).toEqual(["Tells.\nurn:pulumi:dev::test::test:index:Group::group logs"]);
});

test("a component's inputs are remediated, too, though the program is not kept waiting for it", async () => {
  const folder = pack(
    "components",
    `import { PolicyPack } from "@pulumi/policy";
    new PolicyPack("components", { policies: [{ name: "tag", description: "Tags.", enforcementLevel: "remediate", remediateResource: (args) =>
      args.type === "test:index:Group" ? { ...args.props, tag: "added" } : undefined }] });`,
  );
  const text = `
    import * as pulumi from "@pulumi/pulumi";
    class Group extends pulumi.ComponentResource {
      constructor(name: string) {
        super("test:index:Group", name, { own: 1 });
        this.registerOutputs({});
      }
    }
    new Group("group");
  `;
  const { resource, policies } = await expectOk(previewProgram(text, { packs: [folder] }));
  expect(resource("group").inputs).toEqual({ own: 1, tag: "added" });
  expect(policies.map(({ level, urn }) => [level, urn])).toEqual([["remediate", resource("group").urn]]);
});

test("what a provider builds out of sight is shown, and no pack is asked about it", async () => {
  const text = 'import * as k8s from "@pulumi/kubernetes";\nnew k8s.helm.v4.Chart("chart", { chart: "loki" });\n';
  const { resource, policies, said } = await expectOk(previewProgram(text, { packs: [checks] }));
  expect(resource("chart", "kubernetes:helm.sh/v4:Chart").inputs).toMatchObject({ chart: "loki" });
  expect(said.join()).toContain('kubernetes:helm.sh/v4:Chart "chart" is built by its provider: what is inside can\'t be shown');
  expect(policies.find(({ policy }) => policy === "one-stack")?.message).not.toContain("Chart");
});

/** A pack with this text, made for one test. */
function pack(name: string, text: string): string {
  const folder = join(root, ".granary", "packs", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: "1.0.0", main: "index.ts" }));
  writeFileSync(join(folder, "index.ts"), text);
  return folder;
}

async function failureWith(folder: string): Promise<string> {
  const { errors, exit, resources } = await previewProgram(program, { packs: [folder] });
  expect({ exit, resources }).toEqual({ exit: 2, resources: [] });
  return errors.join();
}

test("a pack that can't start is named with its reason", async () => {
  expect(await failureWith(pack("broken-start", 'throw new Error("no rules today");\n'))).toMatch(
    /policy pack broken-start failed:[\s\S]*no rules today/,
  );
});

test("a pack that prints before it serves is told so", async () => {
  const text = 'import { PolicyPack } from "@pulumi/policy";\nconsole.log("hello");\nnew PolicyPack("talkative", { policies: [] });\n';
  expect(await failureWith(pack("talkative", text))).toContain('it printed "hello" where its port was expected');
});

const rule = (body: string) => `
  import { PolicyPack } from "@pulumi/policy";
  new PolicyPack("rules", { policies: [{ name: "rule", description: "A rule.", validateResource: (args) => { ${body} } }] });
`;

test("a policy that throws fails the preview with its stack", async () => {
  const cause = await failureWith(pack("throwing", rule('if (args.type.includes("Pet")) throw new Error("rule is broken");')));
  expect(cause).toMatch(/policy pack rules failed:[\s\S]*policy 'rule'[\s\S]*rule is broken[\s\S]*index\.ts:3/);
});

test("a pack that dies fails the preview with what it said last", async () => {
  const cause = await failureWith(pack("dying", rule('console.error("out of rules"); process.exit(7);')));
  expect(cause).toMatch(/policy pack rules failed:[\s\S]*out of rules/);
});

test("a folder that is no pack is refused", async () => {
  const { errors, exit } = await previewProgram(program, { packs: ["test/preview"] });
  expect(exit).toBe(2);
  expect(errors.join()).toContain("is not a policy pack: it has no PulumiPolicy.yaml");
});
