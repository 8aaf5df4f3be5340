import type { RegisterPackageRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import { type Properties, secret } from "../wire/values";
import { blank, type Resource } from "./resource";
import { childUrn } from "./urn";

interface Wanted {
  getProvider(): string;
  getVersion(): string;
  getPackageref(): string;
}
interface Choice extends Wanted {
  getProvidersMap(): { get(name: string): string | undefined };
}

/** Which provider manages a resource: the one it names, one of its parents', or the default of its package. */
export class Providers {
  private readonly ofComponents = new Map<string, Map<string, string>>();
  private readonly defaults = new Map<string, Promise<string>>();
  private readonly packages = new Map<string, { name: string; version: string }>();

  constructor(
    private readonly stack: { stack: string; project: string; config: Readonly<Record<string, string>>; secretKeys: readonly string[] },
    private readonly add: (provider: Resource) => Promise<void>,
  ) {}

  /** A reference `<urn>::<id>`, or an empty one. */
  resolve(request: Choice, parent: string | undefined, packageName: string): string {
    const inherited = parent === undefined ? undefined : this.ofComponents.get(parent)?.get(packageName);
    return request.getProvider() || request.getProvidersMap().get(packageName) || inherited || "";
  }

  /** Keeps what a component hands to its children, together with what it got from its own parent. */
  remember(component: string, parent: string, options: TransformResourceOptions): void {
    const own = [...options.getProvidersMap().entries()] as [string, string][];
    this.ofComponents.set(component, new Map([...(this.ofComponents.get(parent) ?? []), ...own]));
  }

  /** The URN of a package's default provider, which is registered when it is first needed. */
  default(packageName: string, request: Wanted): Promise<string> {
    const registered = this.packages.get(request.getPackageref());
    const name = registered?.name ?? packageName;
    const version = registered?.version ?? request.getVersion();
    const key = `${name}@${version}`;
    const known = this.defaults.get(key);
    if (known) return known;
    const provider = this.defaultProvider(name, version);
    const added = this.add(provider).then(() => provider.urn);
    this.defaults.set(key, added);
    return added;
  }

  register(request: RegisterPackageRequest): string {
    const parameterized = request.getParameterization();
    const name = parameterized?.getName() || request.getName();
    const version = parameterized?.getVersion() || request.getVersion();
    const reference = `${name}@${version}`;
    this.packages.set(reference, { name, version });
    return reference;
  }

  private defaultProvider(packageName: string, version: string): Resource {
    const type = `pulumi:providers:${packageName}`;
    const name = version ? `default_${version.replace(/[.+-]/g, "_")}` : "default";
    const { stack, project, config, secretKeys } = this.stack;
    const inputs: Properties = {};
    for (const [key, value] of Object.entries(config)) {
      if (key.startsWith(`${packageName}:`)) inputs[key.slice(packageName.length + 1)] = secretKeys.includes(key) ? secret(value) : value;
    }
    if (version) inputs.version = version;
    return { ...blank, urn: childUrn(stack, project, undefined, type, name), type, name, custom: true, inputs };
  }
}
