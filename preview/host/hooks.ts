import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { RegisterResourceHookRequest } from "@pulumi/pulumi/proto/resource_pb";
import { messageOf } from "../failure";
import type { Resource } from "./resource";
import type { Callbacks } from "./transforms";

interface Hook {
  callback: Callback;
  onDryRun: boolean;
}

/** The resource hooks of a program: in a preview only those run that ask for it. */
export class Hooks {
  readonly warnings: string[] = [];
  private readonly hooks = new Map<string, Hook>();

  constructor(private readonly callbacks: Callbacks) {}

  register(request: RegisterResourceHookRequest): void {
    const callback = request.getCallback();
    if (!callback) throw new Error(`resource hook "${request.getName()}" has no function`);
    if (this.hooks.has(request.getName())) throw new Error(`resource hook "${request.getName()}" is already registered`);
    this.hooks.set(request.getName(), { callback, onDryRun: request.getOnDryRun() });
  }

  /** A failing hook before a step stops it; after a step it is a warning. */
  async run(phase: "before" | "after", names: readonly string[], resource: Resource): Promise<void> {
    for (const name of names) {
      const hook = this.hooks.get(name);
      if (!hook) throw new Error(`resource hook "${name}" of ${resource.urn} was not registered`);
      if (!hook.onDryRun) continue;
      const error = await this.callbacks.hook(hook.callback, resource, phase).catch(messageOf);
      if (!error) continue;
      const text = `hook "${name}" of ${resource.urn} failed: ${error}`;
      if (phase === "before") throw new Error(text);
      this.warnings.push(text);
    }
  }
}
