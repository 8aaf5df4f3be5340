// What keeps an `up` from replacing objects that it only has to update; the provider's own behaviour is tested with the real one.
import { expect, test } from "vitest";
import { knownStacks, readProject } from "../../preview/config/files";
import { runPreview } from "../support/command";
import { expectOk, previewStack, root } from "../support/preview";

const providerOf = async (stack: string, config = {}) => (await expectOk(previewStack(stack, { config }))).resource("granary-cluster");

test.each(knownStacks(readProject(root)))("%s updates ConfigMaps and Secrets in place, in a cluster that has no address", async (stack) => {
  const { inputs } = await providerOf(stack);
  expect(inputs).toMatchObject({
    clusterIdentifier: "granary",
    enableConfigMapMutable: "true",
    enableSecretMutable: "true",
    enableServerSideApply: "true",
    kubeconfig: "",
  });
});

test("another context changes nothing else of the provider", async () => {
  const { inputs } = await providerOf("local");
  const other = await providerOf("local", { "granary:cluster": { existingNamespaces: ["observability"], context: "kind-granary" } });
  expect(other.inputs).toEqual({ ...inputs, context: "kind-granary" });
});

test("another kubeconfig path changes nothing at all, and is no secret", async () => {
  const args = ["--stack", "local", "--format", "json", "--policy-pack", "policy"];
  const before = await runPreview(args, { KUBECONFIG: "" });
  const after = await runPreview(args, { KUBECONFIG: "/home/user/.kube/other" });
  expect(before.code).toBe(0);
  expect(after.stdout).toBe(before.stdout);
  expect(after.stdout).not.toContain("secret-inputs-marked");
});

test("the guards of Loki's schema stay immutable, so that the provider still replaces them: protection then stops the update", async () => {
  const { ofType } = await expectOk(previewStack("local"));
  const guards = ofType("kubernetes:core/v1:ConfigMap").filter(({ inputs }) => inputs.immutable === true);
  expect(guards.length).toBeGreaterThan(0);
  expect(guards.every(({ protect }) => protect)).toBe(true);
});
