import { expect, test } from "vitest";
import { expectOk, previewProgram } from "../support/preview";

const program = "test/preview/fixtures/programs/random.ts";

test("a program's resources come with parents, providers and what is unknown", async () => {
  const result = await expectOk(previewProgram(program, { config: { "test:prefix": "blue" } }));
  expect(result.exit).toBe(0);
  const group = "urn:pulumi:dev::test::test:index:Group::group";
  expect(result.resource("group-password")).toEqual({
    urn: "urn:pulumi:dev::test::test:index:Group$random:index/randomPassword:RandomPassword::group-password",
    type: "random:index/randomPassword:RandomPassword",
    name: "group-password",
    parent: group,
    provider: expect.stringMatching(/^urn:pulumi:dev::test::pulumi:providers:random::default_4_\d+_\d+$/),
    protect: true,
    retainOnDelete: false,
    dependsOn: [],
    inputs: { length: 20 },
  });
  expect(result.resource("pet").inputs).toEqual({ keepers: { password: "[unknown]" }, prefix: "blue" });
  expect(result.outputs).toEqual({ password: "[unknown]", prefix: "blue" });
});

test("packs remediate, check and look at the whole stack", async () => {
  const result = await expectOk(
    previewProgram(program, { config: { "test:prefix": "seen-blue" }, packs: ["test/preview/fixtures/packs/checks"] }),
  );
  expect(result.policies.map(({ policy, level, message }) => ({ policy, level, message }))).toEqual([
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
