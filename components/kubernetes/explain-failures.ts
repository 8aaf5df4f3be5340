// Prints the next step after an error of the Kubernetes provider.
import * as pulumi from "@pulumi/pulumi";
import { type Failure, nextStep } from "./next-steps";

/**
 * Adds a hook to each Kubernetes object, which the engine calls when an operation on it fails. A preview creates nothing, so it has none:
 * there, the hook would only cost time.
 */
export function explainFailures(): pulumi.ResourceTransformation {
  if (pulumi.runtime.isDryRun()) return () => undefined;
  const hook = new pulumi.ErrorHook("granary-next-step", explain);
  return ({ type, props, opts }) =>
    type.startsWith("kubernetes:") ? { props, opts: pulumi.mergeOptions(opts, { hooks: { onError: [hook] } }) } : undefined;
}

async function explain({ name, type, newInputs, oldInputs, errors: [error = ""] }: pulumi.ErrorHookArgs): Promise<boolean> {
  const inputs: Failure["inputs"] = newInputs ?? oldInputs ?? {};
  const step = nextStep({ type, inputs, error });
  if (step) await pulumi.log.error(`${name}: ${step} Then run \`pulumi up\` again: it continues where it stopped.`);
  // The provider has retried already.
  return false;
}
