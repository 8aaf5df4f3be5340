import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import language, { type GetRequiredPackagesRequest, type GetRequiredPackagesResponse } from "@pulumi/pulumi/proto/language_pb";
import plugin from "@pulumi/pulumi/proto/plugin_pb";

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly pulumi?: { readonly resource?: boolean; readonly name?: string; readonly version?: string; readonly server?: string };
}

/** Every package of node_modules whose package.json names a provider. */
export function requiredPackages(request: GetRequiredPackagesRequest): GetRequiredPackagesResponse {
  const response = new language.GetRequiredPackagesResponse();
  for (const { name = "", version = "", pulumi } of manifests(request.getInfo()?.getProgramDirectory() ?? "")) {
    if (!pulumi?.resource) continue;
    const dependency = new plugin.PackageDependency().setKind("resource");
    dependency.setName(pulumi.name ?? name.replace("@pulumi/", ""));
    dependency.setVersion(`v${pulumi.version ?? version}`);
    dependency.setServer(pulumi.server ?? "");
    response.addPackages(dependency);
  }
  return response;
}

function manifests(program: string): Manifest[] {
  const modules = join(program, "node_modules");
  const names = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
  const folders = names(modules).flatMap((name) =>
    name.startsWith("@") ? names(join(modules, name)).map((inner) => join(name, inner)) : [name],
  );
  const files = folders.map((folder) => join(modules, folder, "package.json")).filter((file) => existsSync(file));
  return files.map((file) => JSON.parse(readFileSync(file, "utf8")) as Manifest);
}
