import { expect, test } from "vitest";
import { previewProgram } from "../../support/preview";

const pulumi = 'import * as pulumi from "@pulumi/pulumi";\n';
const random = 'import * as random from "@pulumi/random";\n';

/** Every failure ends with exit code 2 and a cause, and without a half result. */
async function causeOf(text: string): Promise<string> {
  const { errors, exit, resources } = await previewProgram(text);
  expect({ exit, resources, errors: errors.length }).toEqual({ exit: 2, resources: [], errors: 1 });
  return errors.join();
}

test("a program that throws says what and where", async () => {
  const cause = await causeOf(
    `${random}new random.RandomPet("pet");\nfunction build() {\n  throw new TypeError("no such bucket");\n}\nbuild();\n`,
  );
  expect(cause).toContain("TypeError: no such bucket");
  // The place in the source, not in what it was compiled to.
  expect(cause).toMatch(/at build \(.*\.ts:4:\d+\)/);
  expect(cause.includes("\u001b")).toBe(false);
});

test("a rejected promise fails the program", async () => {
  expect(await causeOf('Promise.reject(new Error("came to nothing"));\nexport {};')).toContain("came to nothing");
});

test("an error that is only logged fails the program", async () => {
  expect(await causeOf(`${pulumi}pulumi.log.error("the plan has a hole");\nexport {};`)).toContain("the plan has a hole");
});

test("an exit of its own fails the program", async () => {
  expect(await causeOf('console.error("bye");\nprocess.exit(3);\nexport {};')).toMatch(/exit code 3[\s\S]*bye/);
});

test("a program that can't be compiled says where", async () => {
  expect(await causeOf("export const x = ;\n")).toMatch(/Unexpected ";"/);
});

test("a missing module is named", async () => {
  expect(await causeOf('import "granary-has-no-such-module";\n')).toContain("granary-has-no-such-module");
});

test("a promise that never settles is said to be the reason", async () => {
  const cause = await causeOf(`${random}new random.RandomPet("pet");\nexport = async () => { await new Promise(() => {}); };\n`);
  expect(cause).toContain("never settles");
});

test("a URN can be taken only once", async () => {
  const cause = await causeOf(`${random}new random.RandomPet("pet");\nnew random.RandomPet("pet");\n`);
  expect(cause).toContain(
    "Duplicate resource URN 'urn:pulumi:dev::test::random:index/randomPet:RandomPet::pet'; try giving it a unique name",
  );
});

test("an invoke without an answer fails with its token and arguments, even when the program catches the error", async () => {
  const cause = await causeOf(`
    import * as aws from "@pulumi/aws";
    export const zone = aws.route53.getZone({ name: "example.org" }).catch(() => "none");
  `);
  expect(cause).toContain("aws:route53/getZone:getZone");
  expect(cause).toContain('{"name":"example.org"}');
});

test("a transform that throws fails the program with its reason", async () => {
  const cause = await causeOf(`${random}new random.RandomPet("pet", {}, { transforms: [() => { throw new Error("not this one"); }] });\n`);
  expect(cause).toContain("not this one");
});

test("a hook that fails before a step fails the program", async () => {
  const cause = await causeOf(
    `${pulumi}${random}const hook = new pulumi.ResourceHook("gate", () => { throw new Error("closed"); }, { onDryRun: true });
    new random.RandomPet("pet", {}, { hooks: { beforeCreate: [hook] } });\n`,
  );
  expect(cause).toMatch(/hook "gate" of urn.*closed/);
});

test("a custom timeout that is none is refused", async () => {
  expect(await causeOf(`${random}new random.RandomPet("pet", {}, { customTimeouts: { create: "soon" } });\n`)).toContain(
    '"soon" is not a duration',
  );
});
