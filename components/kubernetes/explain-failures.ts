// Prints the next step after an error of the Kubernetes provider.
import * as pulumi from "@pulumi/pulumi";
import { type Failure, nextStep } from "./next-steps";

/**
 * Adds a hook to each Kubernetes object, which the engine calls when an operation on it fails. A preview creates nothing, so it has none:
 * there, the hook would only cost time.
 */
export function explainFailures(): pulumi.ResourceTransformation {
  if (pulumi.runtime.isDryRun()) return () => undefined;
  const printed = new Set<string>();
  const hook = new pulumi.ErrorHook("granary-next-step", async (args) => {
    const step = stepOf(args);
    // Twenty objects of one missing namespace need one message.
    if (step && !printed.has(step)) {
      printed.add(step);
      await pulumi.log.error(`${args.name}: ${step}\nThen run \`pulumi up\` again. It continues where it stopped.`);
    }
    // The provider has retried already.
    return false;
  });
  return ({ type, props, opts }) =>
    type.startsWith("kubernetes:") ? { props, opts: pulumi.mergeOptions(opts, { hooks: { onError: [hook] } }) } : undefined;
}

function stepOf({ type, newInputs, oldInputs, errors: [error = ""] }: pulumi.ErrorHookArgs): string | undefined {
  const inputs: Failure["inputs"] = newInputs ?? oldInputs ?? {};
  return nextStep({ type, inputs, error });
}
