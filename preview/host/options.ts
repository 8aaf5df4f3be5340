// The options of a resource between registration and goal: in the form that transforms receive and return.
import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import { resource } from "../wire/stubs";
import type { Resource } from "./resource";
import { type Alias, providerUrn, typeOf } from "./urn";

/** Children take these over from their parent where they say nothing themselves. */
export function inheritFrom(parent: Resource, request: RegisterResourceRequest): void {
  if (!request.getDeletedwith()) request.setDeletedwith(parent.deletedWith);
  if (!request.hasProtect() && parent.protect) request.setProtect(true);
  if (!request.hasRetainondelete() && parent.retainOnDelete) request.setRetainondelete(true);
  const provider = parent.provider;
  const samePackage = provider !== undefined && typeOf(provider) === `pulumi:providers:${request.getType().split(":")[0]}`;
  if (!request.getProvider() && request.getCustom() && provider && samePackage) request.setProvider(`${provider}::`);
}

export function transformOptions(request: RegisterResourceRequest, provider: string): TransformResourceOptions {
  const options = new resource.TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  if (request.hasProtect()) options.setProtect(request.getProtect() === true);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setVersion(request.getVersion());
  options.setAliasesList(request.getAliasesList());
  options.setProvider(provider);
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() === true);
  options.setDeletedWith(request.getDeletedwith());
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  for (const [name, reference] of request.getProvidersMap().entries()) options.getProvidersMap().set(name, reference);
  options.setHooks(request.getHooks());
  options.setImport(request.getImportid());
  options.setHideDiffList(request.getHidediffsList());
  options.setReplaceWithList(request.getReplaceWithList());
  options.setReplacementTrigger(request.getReplacementTrigger());
  return options;
}

export function aliasesOf(options: TransformResourceOptions): Alias[] {
  return options.getAliasesList().map((alias) => {
    const spec = alias.getSpec();
    if (!spec) return alias.getUrn();
    const parent = spec.getNoparent() ? "none" : spec.getParenturn();
    const given = { name: spec.getName(), type: spec.getType(), stack: spec.getStack(), project: spec.getProject(), parent };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  });
}

export function timeoutsOf(options: TransformResourceOptions): Resource["timeouts"] {
  const timeouts = options.getCustomTimeouts();
  return {
    create: seconds(timeouts?.getCreate()),
    update: seconds(timeouts?.getUpdate()),
    delete: seconds(timeouts?.getDelete()),
    read: seconds(timeouts?.getRead()),
  };
}

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** A duration as Go writes it: "1h30m", "45s". */
export function seconds(duration: string | undefined): number {
  if (!duration) return 0;
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g)];
  if (parts.map(([whole]) => whole).join("") !== duration) {
    throw new Error(`custom timeout "${duration}" is not a duration such as "10m" or "1h30m"`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitSeconds[unit ?? ""] ?? 0), 0);
}

export function providerOf(options: TransformResourceOptions): string | undefined {
  return options.getProvider() ? providerUrn(options.getProvider()) : undefined;
}
