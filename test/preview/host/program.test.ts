import { expect, test } from "vitest";
import { expectOk, previewProgram } from "../../support/preview";

const program = "test/preview/fixtures/programs/random.ts";

test("resources come with parents, providers, guards and what is unknown", async () => {
  const result = await expectOk(previewProgram(program, { config: { "test:prefix": "blue" } }));
  expect(result.exit).toBe(0);
  expect(result.resource("group-password")).toEqual({
    urn: "urn:pulumi:dev::test::test:index:Group$random:index/randomPassword:RandomPassword::group-password",
    type: "random:index/randomPassword:RandomPassword",
    name: "group-password",
    parent: "urn:pulumi:dev::test::test:index:Group::group",
    provider: expect.stringMatching(/^urn:pulumi:dev::test::pulumi:providers:random::default_4_\d+_\d+$/),
    protect: true,
    retainOnDelete: false,
    dependsOn: [],
    inputs: { length: 20 },
  });
  const pet = result.resource("pet");
  expect(pet.inputs).toEqual({ keepers: { password: "[unknown]" }, prefix: "blue" });
  expect(pet.dependsOn).toEqual([result.resource("group-password").urn]);
  expect(pet.parent).toBe("urn:pulumi:dev::test::pulumi:pulumi:Stack::test-dev");
  expect(result.outputs).toEqual({ password: "[unknown]", prefix: "blue" });
});

test("what follows from a name is known, what a provider computes is not", async () => {
  const text = `
    import * as aws from "@pulumi/aws";
    const named = new aws.s3.Bucket("named", { bucket: "granary-logs" });
    const unnamed = new aws.s3.Bucket("unnamed");
    export const known = [named.arn, named.id];
    export const unknown = [unnamed.arn, unnamed.id, named.bucketDomainName];
  `;
  const { outputs } = await expectOk(previewProgram(text));
  expect(outputs).toEqual({ known: ["arn:aws:s3:::granary-logs", "granary-logs"], unknown: ["[unknown]", "[unknown]", "[unknown]"] });
  const filled = await expectOk(previewProgram(text, { filled: true }));
  expect(filled.outputs).toEqual({
    known: ["arn:aws:s3:::granary-logs", "granary-logs"],
    unknown: ["arn:aws:s3:::unnamed", "unnamed-id", "named-bucketDomainName"],
  });
});

test("computed properties are unknown to stack policies too, and secret where the resource says so", async () => {
  const { raw } = await expectOk(previewProgram(program));
  const password = raw?.resources.find(({ name }) => name === "group-password");
  expect(Object.keys(password?.outputs ?? {}).sort()).toEqual(["bcryptHash", "length", "result"]);
  expect(JSON.stringify(password?.outputs.result)).toContain("1b47061264138c4ac30d75fd1eb44270");
});

test("unknowns inside of values are marked where they are", async () => {
  const { resource } = await expectOk(
    previewProgram(`
      import * as random from "@pulumi/random";
      const id = new random.RandomId("id", { byteLength: 4 });
      new random.RandomPet("pet", { keepers: { known: "yes", later: id.hex, mixed: id.hex.apply((hex) => hex + "!") } });
    `),
  );
  expect(resource("pet").inputs).toEqual({ keepers: { known: "yes", later: "[unknown]", mixed: "[unknown]" } });
});

test("a component's children inherit protection, retention and providers", async () => {
  const { resource } = await expectOk(
    previewProgram(`
      import * as pulumi from "@pulumi/pulumi";
      import * as random from "@pulumi/random";
      const provider = new random.Provider("own");
      const group = new pulumi.ComponentResource("test:index:Group", "group", {}, { protect: true, retainOnDelete: true, providers: [provider] });
      const inner = new pulumi.ComponentResource("test:index:Inner", "inner", {}, { parent: group });
      new random.RandomPet("pet", {}, { parent: inner });
      new random.RandomPet("open", {}, { parent: group, protect: false, retainOnDelete: false });
    `),
  );
  expect(resource("pet")).toMatchObject({
    urn: "urn:pulumi:dev::test::test:index:Group$test:index:Inner$random:index/randomPet:RandomPet::pet",
    protect: true,
    retainOnDelete: true,
    provider: "urn:pulumi:dev::test::pulumi:providers:random::own",
  });
  expect(resource("open")).toMatchObject({ protect: false, retainOnDelete: false });
});

test("aliases become URNs, with those that follow from a parent's", async () => {
  const { raw } = await expectOk(
    previewProgram(`
      import * as pulumi from "@pulumi/pulumi";
      import * as random from "@pulumi/random";
      const store = new pulumi.ComponentResource("test:index:Store", "store", {}, { aliases: [{ name: "depot" }, { type: "test:index:Depot" }] });
      new random.RandomPet("store-pet", {}, { parent: store, aliases: [{ name: "old-pet" }] });
    `),
  );
  const aliases = (name: string) => raw?.resources.find((resource) => resource.name === name)?.aliases;
  expect(aliases("store")).toEqual(["urn:pulumi:dev::test::test:index:Store::depot", "urn:pulumi:dev::test::test:index:Depot::store"]);
  expect(aliases("store-pet")).toEqual([
    "urn:pulumi:dev::test::test:index:Store$random:index/randomPet:RandomPet::old-pet",
    "urn:pulumi:dev::test::test:index:Store$random:index/randomPet:RandomPet::depot-pet",
    "urn:pulumi:dev::test::test:index:Depot$random:index/randomPet:RandomPet::store-pet",
    "urn:pulumi:dev::test::test:index:Depot$random:index/randomPet:RandomPet::old-pet",
  ]);
});

test("transforms run from the resource to its parents to the stack, and change inputs and options", async () => {
  const { resource } = await expectOk(
    previewProgram(`
      import * as pulumi from "@pulumi/pulumi";
      import * as random from "@pulumi/random";
      const add = (who: string): pulumi.ResourceTransform => ({ props, opts }) => ({ props: { ...props, prefix: (props.prefix ?? "") + who }, opts });
      pulumi.runtime.registerResourceTransform((args) => {
        if (args.type !== "random:index/randomPet:RandomPet") return undefined;
        return { props: { ...args.props, prefix: args.props.prefix + "-stack" }, opts: { ...args.opts, protect: true } };
      });
      const id = new random.RandomId("id", { byteLength: 4 });
      const group = new pulumi.ComponentResource("test:index:Group", "group", {}, { transforms: [add("-parent")] });
      new random.RandomPet("pet", { prefix: "first", keepers: { id: id.hex } }, { parent: group, transforms: [add("-own")] });
    `),
  );
  expect(resource("pet")).toMatchObject({
    inputs: { prefix: "first-own-parent-stack", keepers: { id: "[unknown]" } },
    protect: true,
    dependsOn: [resource("id").urn],
  });
  expect(resource("id").protect).toBe(false);
});

test("hooks that ask for it run in a preview", async () => {
  const result = await expectOk(
    previewProgram(`
      import * as pulumi from "@pulumi/pulumi";
      import * as random from "@pulumi/random";
      const hook = (name: string, onDryRun: boolean) => new pulumi.ResourceHook(name, (args) => console.log(name, "saw", args.name), { onDryRun });
      new random.RandomPet("pet", {}, { hooks: { beforeCreate: [hook("ready", true), hook("silent", false)], afterCreate: [hook("done", true)] } });
    `),
  );
  expect(result.said).toEqual(["ready saw pet", "done saw pet"]);
});

test("stack references give what is known of the other stack, and unknowns where nothing is", async () => {
  const text = `
    import * as pulumi from "@pulumi/pulumi";
    const other = new pulumi.StackReference("organization/network/dev");
    export const zone = other.requireOutput("zone");
    export const token = other.requireOutput("token");
  `;
  const outputs = { zone: "a", token: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hidden" } };
  const told = await expectOk(previewProgram(text, { stackReferences: { "organization/network/dev": outputs } }));
  expect(told.outputs).toEqual({ zone: "a", token: "[secret]" });
  const untold = await expectOk(previewProgram(text));
  expect(untold.outputs).toEqual({ zone: "[unknown]", token: "[unknown]" });
  expect(untold.said.join()).toContain("outputs of stack organization/network/dev are not known offline");
});

test("invokes are answered from what is written down, after the program's transforms", async () => {
  const text = `
    import * as aws from "@pulumi/aws";
    export const account = aws.getCallerIdentityOutput().accountId;
    export const region = aws.getRegionOutput().region;
  `;
  const { outputs } = await expectOk(previewProgram(text, { config: { "aws:region": "eu-central-1" } }));
  expect(outputs).toEqual({ account: "000000000000", region: "eu-central-1" });
});

test("dynamic providers are serialized as for the engine", async () => {
  const { resource } = await expectOk(
    previewProgram(`
      import * as pulumi from "@pulumi/pulumi";
      const suffix = "!";
      class Note extends pulumi.dynamic.Resource {
        constructor(name: string, text: string) {
          super({ create: async (inputs: { text: string }) => ({ id: "1", outs: { text: inputs.text + suffix } }) }, name, { text });
        }
      }
      new Note("note", "hello");
    `),
  );
  expect(resource("note").inputs).toEqual({ text: "hello" });
  expect(resource("note").provider).toBe("urn:pulumi:dev::test::pulumi:providers:pulumi-nodejs::default");
});
