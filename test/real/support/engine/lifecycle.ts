// The life of a stack with a real engine: preview, up, a second up, refresh, changes, destroy. The tests of a stack build on each other, in this order.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run, Violation } from "../../servers";
import { describeReal } from "../suite";
import { type Change, changeOneByOne } from "./changes";
import { labelOf, pulumisObjects } from "./cluster-objects";
import { type LivingStack, stackNeeds, startStack } from "./living-stack";
import { isDefaultProvider } from "./resources";
import { exposed, secretsIn } from "./secrets";
import type { StackName } from "./stores";

export interface Left {
  /** Kubernetes objects of the stack that `destroy` leaves in place, as `Kind namespace/name`. */
  readonly objects: readonly string[];
  /** What else is left, as the store answers. */
  store(living: LivingStack): Promise<readonly string[]>;
  readonly inStore: readonly string[];
}

export interface Expected extends Left {
  readonly changes: readonly Change[];
  /** What the program itself warns of. */
  readonly warnings?: readonly RegExp[];
}

export function describeLifecycle(stack: StackName, { warnings = [], changes: toMake, ...left }: Expected): void {
  describeReal(`A real engine and the stack ${stack}`, stackNeeds(stack), () => {
    let living: LivingStack;
    const seconds: Record<string, number | string> = {};
    const violations: Violation[] = [];
    const timed = async (name: string, run: Promise<Run>): Promise<Run> => {
      const done = await run;
      seconds[name] = Math.round(done.seconds * 10) / 10;
      return done;
    };

    beforeAll(async () => {
      const began = Date.now();
      living = await startStack(stack);
      seconds.start = Math.round((Date.now() - began) / 100) / 10;
    });
    afterAll(async () => {
      console.log(`${stack}: seconds ${JSON.stringify(seconds)}`);
      await living?.stop();
    });

    it("previews what the offline preview shows", async () => {
      const preview = await timed("preview", living.project.preview());
      expect(preview.code, preview.text).toBe(0);
      expect(urnsOf(preview.steps.filter(({ op }) => op === "create" || op === "read"))).toEqual(offlineUrns(living));
      expect(problems(preview, warnings)).toEqual([]);
      expect(preview.text).toMatch(/^Policies:\n.*granary@v/m);
      violations.push(...preview.violations);
    });

    it("creates every resource of the offline preview, and nothing else", async () => {
      const up = await timed("up", living.project.up());
      expect(up.code, up.text).toBe(0);
      expect(problems(up, warnings)).toEqual([]);
      violations.push(...up.violations);
      const { deployment } = JSON.parse(await living.project.export()) as State;
      expect(urnsOf(deployment.resources)).toEqual(offlineUrns(living));
      expect(await pulumisObjects(living.cluster.client)).toEqual(kubernetesLabels(deployment.resources));
    });

    it("gives the policies nothing to reject or to correct", () => {
      expect(violations.filter(({ level }) => level !== "advisory")).toEqual([]);
    });

    it("changes nothing with a second up", async () => {
      const again = await timed("second up", living.project.up("--expect-no-changes"));
      expect(changes(again), again.text).toEqual([]);
      expect(again.code, again.text).toBe(0);
      const preview = await timed("second preview", living.project.preview("--expect-no-changes"));
      expect(preview.code, preview.text).toBe(0);
    });

    it("finds nothing to refresh", async () => {
      const refresh = await timed("refresh", living.project.previewRefresh("--expect-no-changes"));
      expect(changes(refresh), refresh.text).toEqual([]);
      expect(refresh.code, refresh.text).toBe(0);
    });

    it("keeps secrets out of its state and its outputs", async () => {
      const shown = await living.project.export("--show-secrets");
      const secrets = [...living.secrets, ...secretsIn(shown)];
      expect(exposed(await living.project.export(), secrets)).toEqual([]);
      const stackResource = (JSON.parse(shown) as State).deployment.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
      expect(exposed(JSON.stringify(stackResource), secrets)).toEqual([]);
      expect(secrets.length).toBeGreaterThan(1);
    });

    describe("changed", () => changeOneByOne(toMake, () => living, seconds));

    describe("destroyed", () => {
      it("is refused while data is protected", async () => {
        const before = await pulumisObjects(living.cluster.client);
        const destroy = await timed("refused destroy", living.project.destroy());
        expect(destroy.code).not.toBe(0);
        expect(destroy.text).toMatch(/protect/);
        expect(await pulumisObjects(living.cluster.client)).toEqual(before);
      });

      it("leaves what holds data, and nothing else", async () => {
        await living.project.unprotect();
        const destroy = await timed("destroy", living.project.destroy());
        expect(destroy.code, destroy.text).toBe(0);
        expect(await pulumisObjects(living.cluster.client)).toEqual([...left.objects].sort());
        expect(await left.store(living)).toEqual(left.inStore);
      });
    });
  });
}

interface State {
  readonly deployment: { readonly resources: readonly StateResource[] };
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly external?: boolean;
  readonly outputs?: { readonly kind?: string; readonly metadata?: { readonly name: string; readonly namespace?: string } };
}

const urnsOf = (resources: readonly { readonly urn: string }[]): string[] =>
  resources
    .map(({ urn }) => urn)
    .filter((urn) => !isDefaultProvider(urn))
    .sort();

const offlineUrns = ({ offline }: LivingStack): string[] => urnsOf(offline.resources);

const kubernetesLabels = (resources: readonly StateResource[]): string[] =>
  resources
    .filter(({ type, external }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh") && !external)
    .map(({ outputs }) => labelOf({ apiVersion: "", kind: outputs?.kind ?? "", metadata: { name: "", ...outputs?.metadata } }))
    .sort();

const changes = ({ steps }: Run): string[] =>
  steps.filter(({ op }) => op !== "same" && op !== "read").map(({ op, name, diffs }) => `${op} ${name} ${diffs.join()}`);

/** Errors and warnings, and what programs and plugins write to standard error. */
const problems = ({ diagnostics }: Run, expected: readonly RegExp[]): string[] =>
  diagnostics
    .filter(({ severity, message }) => /error|warning|#err/.test(severity) && !expected.some((warning) => warning.test(message)))
    .map(({ severity, message }) => `${severity}: ${message.trim()}`);
