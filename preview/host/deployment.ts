import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { ReadResourceRequest, RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import { type Dependencies, dependenciesOf, withDependencies, withoutDependencies } from "../wire/output-values";
import { fromStruct } from "../wire/structs";
import type { Properties } from "../wire/values";
import { Hooks } from "./hooks";
import { aliasesOf, inheritFrom, providerOf, timeoutsOf, transformOptions } from "./options";
import { previewOutputs } from "./outputs";
import { Providers } from "./providers";
import { blank, type Resource } from "./resource";
import type { Secrets } from "./secrets";
import { Callbacks } from "./transforms";
import { aliasUrns, childUrn, providerUrn, stackType } from "./urn";

export interface DeploymentSpec {
  stack: string;
  project: string;
  root: string;
  config: Readonly<Record<string, string>>;
  secretKeys: readonly string[];
  filled: boolean;
  secrets: Secrets;
  /** Lets packs remediate and check a resource before the program gets to see it; returns the inputs to go on with. */
  review(resource: Resource, provider: Resource | undefined): Promise<Properties>;
}

/** The resources of one stack while its program runs: what the engine does in a dry run that has no state to compare with. */
export class Deployment {
  readonly resources = new Map<string, Resource>();
  readonly stackTransforms: Callback[] = [];
  readonly callbacks = new Callbacks();
  readonly hooks = new Hooks(this.callbacks);
  readonly providers: Providers;
  /** URNs whose registration has begun, so that a second one is refused even while the first is under way. */
  private readonly taken = new Set<string>();
  private readonly transforms = new Map<string, readonly Callback[]>();

  constructor(readonly spec: DeploymentSpec) {
    this.providers = new Providers(spec, (provider) => this.add(provider));
  }

  async register(request: RegisterResourceRequest): Promise<Resource> {
    const type = request.getType();
    const parent = this.resources.get(request.getParent());
    if (request.getParent() && !parent)
      throw new Error(`the parent ${request.getParent()} of ${request.getName()} is not a registered resource`);
    if (parent) inheritFrom(parent, request);
    const managed = request.getCustom() || request.getRemote();
    if (managed && type.split(":").length !== 3) throw new Error(`"${type}" is not a resource type such as "aws:s3/bucket:Bucket"`);
    const packageName = type.split(":")[0] ?? "";
    const explicit = managed ? this.providers.resolve(request, parent?.urn, packageName) : "";
    const { inputs, options, dependencies } = await this.transformed(request, transformOptions(request, explicit));

    const resource = this.toResource(request, inputs, options, dependencies);
    this.claim(resource.urn);
    if (!request.getCustom()) this.providers.remember(resource.urn, request.getParent(), options);
    const isProvider = type.startsWith("pulumi:providers:");
    if (managed && !isProvider) resource.provider = providerOf(options) ?? (await this.providers.default(packageName, request));
    if (isProvider && options.getVersion()) resource.inputs.version = options.getVersion();
    this.transforms.set(resource.urn, request.getTransformsList());
    await this.add(resource, [options.getHooks()?.getBeforeCreateList() ?? [], options.getHooks()?.getAfterCreateList() ?? []]);
    return resource;
  }

  /** A resource that exists elsewhere: its id is given, the rest is unknown as far as the program does not say it. */
  async read(request: ReadResourceRequest): Promise<Resource> {
    const type = request.getType();
    const urn = childUrn(this.spec.stack, this.spec.project, request.getParent() || undefined, type, request.getName());
    this.claim(urn);
    const inputs = fromStruct(request.getProperties());
    this.spec.secrets.learn(inputs);
    const packageName = type.split(":")[0] ?? "";
    const provider = request.getProvider() ? providerUrn(request.getProvider()) : await this.providers.default(packageName, request);
    const additionalSecretOutputs = request.getAdditionalsecretoutputsList();
    const { outputs } = previewOutputs({ ...this.spec, urn, type, inputs, additionalSecretOutputs });
    const resource: Resource = {
      ...blank,
      urn,
      type,
      name: request.getName(),
      custom: true,
      ...(request.getParent() ? { parent: request.getParent() } : {}),
      ...(packageName === "pulumi" ? {} : { provider }),
      id: request.getId(),
      inputs,
      outputs,
      dependencies: request.getDependenciesList(),
      additionalSecretOutputs,
      external: true,
    };
    this.resources.set(urn, resource);
    return resource;
  }

  setOutputs(urn: string, outputs: Properties): void {
    const resource = this.resources.get(urn);
    if (!resource) throw new Error(`outputs were registered for ${urn}, which is not a registered resource`);
    this.spec.secrets.learn(outputs);
    resource.outputs = outputs;
  }

  stackResource(): Resource | undefined {
    return [...this.resources.values()].find((resource) => resource.type === stackType);
  }

  private claim(urn: string): void {
    if (this.taken.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    this.taken.add(urn);
  }

  /** Own transforms first, then those of the parents from near to far, then the stack's. */
  private async transformed(request: RegisterResourceRequest, given: TransformResourceOptions) {
    const own: Dependencies = new Map(
      [...request.getPropertydependenciesMap().entries()].map(([key, value]) => [key, value.getUrnsList()] as const),
    );
    const chain = [...request.getTransformsList(), ...this.inherited(request.getParent()), ...this.stackTransforms];
    const raw = fromStruct(request.getObject());
    if (chain.length === 0) {
      return { inputs: request.getRemote() ? raw : withoutDependencies(raw), options: given, dependencies: own };
    }
    const target = { type: request.getType(), name: request.getName(), custom: request.getCustom(), parent: request.getParent() };
    let inputs = withDependencies(raw, own);
    let options = given;
    for (const transform of chain) ({ inputs, options } = await this.callbacks.transform(transform, target, inputs, options));
    const dependencies = dependenciesOf(inputs);
    options.setDependsOnList([...new Set([...options.getDependsOnList(), ...[...dependencies.values()].flat()])]);
    return { inputs: withoutDependencies(inputs), options, dependencies };
  }

  private inherited(parent: string): readonly Callback[] {
    const resource = this.resources.get(parent);
    return resource ? [...(this.transforms.get(parent) ?? []), ...this.inherited(resource.parent ?? "")] : [];
  }

  private toResource(
    request: RegisterResourceRequest,
    inputs: Properties,
    options: TransformResourceOptions,
    propertyDependencies: Dependencies,
  ): Resource {
    const { stack, project } = this.spec;
    const parent = request.getParent() || undefined;
    const urn = childUrn(stack, project, parent, request.getType(), request.getName());
    const self = { urn, type: request.getType(), ...(parent ? { parent } : {}) };
    return {
      ...blank,
      ...self,
      name: request.getName(),
      custom: request.getCustom(),
      inputs,
      protect: options.getProtect() === true,
      retainOnDelete: options.getRetainOnDelete() === true,
      deletedWith: options.getDeletedWith(),
      dependencies: options.getDependsOnList(),
      propertyDependencies,
      aliases: aliasUrns(self, aliasesOf(options), (parent ? this.resources.get(parent)?.aliases : undefined) ?? []),
      ignoreChanges: options.getIgnoreChangesList(),
      additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
      ...(options.hasDeleteBeforeReplace() ? { deleteBeforeReplace: options.getDeleteBeforeReplace() === true } : {}),
      timeouts: timeoutsOf(options),
      external: request.getRemote(),
    };
  }

  /** Policies, then hooks, then the outputs that a preview can tell. */
  private async add(resource: Resource, hooks: readonly [readonly string[], readonly string[]] = [[], []]): Promise<void> {
    this.spec.secrets.learn(resource.inputs);
    if (!resource.external) {
      const reviewed = this.spec.review(resource, resource.provider ? this.resources.get(resource.provider) : undefined);
      // A component is answered with nothing but its URN: the program need not wait for what packs say, nor for packs to be there.
      if (resource.custom) resource.inputs = await reviewed;
    }
    await this.hooks.run("before", hooks[0], resource);
    if (resource.custom) Object.assign(resource, previewOutputs({ ...this.spec, ...resource }));
    await this.hooks.run("after", hooks[1], resource);
    this.resources.set(resource.urn, resource);
  }
}
