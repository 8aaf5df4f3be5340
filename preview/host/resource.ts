import type { Properties } from "../wire/values";

/** One resource of a stack as it was registered, after transforms and remediations. */
export interface Resource {
  urn: string;
  type: string;
  name: string;
  custom: boolean;
  parent?: string;
  /** URN of the provider; components have none. */
  provider?: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
  protect: boolean;
  retainOnDelete: boolean;
  deletedWith: string;
  dependencies: readonly string[];
  propertyDependencies: ReadonlyMap<string, readonly string[]>;
  aliases: readonly string[];
  ignoreChanges: readonly string[];
  additionalSecretOutputs: readonly string[];
  deleteBeforeReplace?: boolean;
  /** In seconds, as packs see them. */
  timeouts: Readonly<Record<"create" | "update" | "delete" | "read", number>>;
  /** Not made by this program: read from the cloud by its id, or built by a provider out of what can't be seen here. */
  external: boolean;
}

/** The options of a resource about which nothing was said. */
export const blank = {
  id: "",
  inputs: {},
  outputs: {},
  protect: false,
  retainOnDelete: false,
  deletedWith: "",
  dependencies: [],
  propertyDependencies: new Map(),
  aliases: [],
  ignoreChanges: [],
  additionalSecretOutputs: [],
  timeouts: { create: 0, update: 0, delete: 0, read: 0 },
  external: false,
} satisfies Partial<Resource>;
