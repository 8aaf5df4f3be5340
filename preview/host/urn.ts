// Names of resources: urn:pulumi:<stack>::<project>::<type chain>::<name>. Pure.
export const stackType = "pulumi:pulumi:Stack";

export interface Urn {
  stack: string;
  project: string;
  /** The types of the parents, without the stack, and the resource's own, joined by "$". */
  types: string;
  name: string;
}

export function parseUrn(urn: string): Urn {
  const [head, project, types, ...name] = urn.split("::");
  if (!head?.startsWith("urn:pulumi:") || project === undefined || types === undefined || name.length === 0) {
    throw new Error(`"${urn}" is not a resource URN`);
  }
  return { stack: head.slice("urn:pulumi:".length), project, types, name: name.join("::") };
}

export function formatUrn({ stack, project, types, name }: Urn): string {
  return `urn:pulumi:${stack}::${project}::${types}::${name}`;
}

export function typeOf(urn: string): string {
  return parseUrn(urn).types.split("$").at(-1) ?? "";
}

/** The URN of a resource under its parent; the stack itself is not part of the chain. */
export function childUrn(stack: string, project: string, parent: string | undefined, type: string, name: string): string {
  const parentTypes = parent ? parseUrn(parent).types : stackType;
  return formatUrn({ stack, project, types: parentTypes === stackType ? type : `${parentTypes}$${type}`, name });
}

/** `<urn>::<id>`, as resources name their provider. */
export function providerUrn(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}

export interface AliasSpec {
  name?: string;
  type?: string;
  stack?: string;
  project?: string;
  /** A URN, "none" for a resource that had no parent, or undefined for the parent that it has now. */
  parent?: string;
}
export type Alias = string | AliasSpec;

/** Every URN that the resource may have had before: its own aliases, and those that follow from its parent's. */
export function aliasUrns(
  self: { urn: string; type: string; parent?: string },
  aliases: readonly Alias[],
  parentAliases: readonly string[],
): string[] {
  const { stack, project, name } = parseUrn(self.urn);
  const resolve = (alias: Alias, parent: string | undefined) => {
    if (typeof alias === "string") return alias;
    const under = alias.parent === "none" ? undefined : (alias.parent ?? parent);
    return childUrn(alias.stack ?? stack, alias.project ?? project, under, alias.type ?? self.type, alias.name ?? name);
  };
  const own = aliases.map((alias) => resolve(alias, self.parent));
  // What the resource was called under each former name of its parent, with its name of today and with each former one.
  const inherited = parentAliases.flatMap((parentAlias) => {
    const parent = self.parent ? parseUrn(self.parent).name : "";
    return [self.urn, ...own].map((urn) => {
      const former = renamedWithParent(parseUrn(urn).name, parent, parseUrn(parentAlias).name);
      return childUrn(stack, project, parentAlias, typeOf(urn), former);
    });
  });
  return [...new Set([...own, ...inherited])].filter((urn) => urn !== self.urn);
}

/** Children are named after their parent by convention (`store-bucket` under `store`), so a parent's old name was their prefix too. */
function renamedWithParent(name: string, parent: string, oldParent: string): string {
  return parent && name.startsWith(parent) ? oldParent + name.slice(parent.length) : name;
}
