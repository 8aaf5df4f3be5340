// A stack of any size, made of real ones: the resources of prod, again and again under other names.
import type { Resource } from "../../preview/host/resource";
import type { Properties } from "../../preview/wire/values";
import { expectOk, previewStack } from "../../test/support/preview";

/** As near to the size as whole stacks come. */
export async function grown(size: number): Promise<Resource[]> {
  const { raw } = await expectOk(previewStack("prod"));
  const one = raw?.resources ?? [];
  const copies = Math.max(1, Math.round(size / one.length));
  return Array.from({ length: copies }, (_, i) => one.map((resource) => copy(resource, i))).flat();
}

/** Names, buckets and namespaces of their own, so that the copies are as many stacks side by side. */
function copy(resource: Resource, number: number): Resource {
  const renamed = <T>(value: T): T =>
    JSON.parse(
      JSON.stringify(value).replaceAll("granary-prod", `granary-prod-${number}`).replaceAll("observability", `observability-${number}`),
    );
  const urn = (of: string): string => (of.includes("pulumi:providers") ? of : `${of}-${number}`);
  return {
    ...resource,
    name: `${resource.name}-${number}`,
    urn: urn(resource.urn),
    ...(resource.parent ? { parent: urn(resource.parent) } : {}),
    inputs: renamed<Properties>(resource.inputs),
    outputs: renamed<Properties>(resource.outputs),
    dependencies: resource.dependencies.map(urn),
    propertyDependencies: new Map([...resource.propertyDependencies].map(([key, urns]) => [key, urns.map(urn)])),
  };
}
