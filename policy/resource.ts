// What a check sees: plain data, so that it can be tested without Pulumi.
import type { Fields } from "./readers/values";

export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly props: Fields;
  readonly protect: boolean;
  /** The provider that it was registered with; absent for components. */
  readonly provider?: { readonly name: string; readonly props: Fields };
  /** URNs. */
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** The stack's name out of `urn:pulumi:<stack>::<project>::<type>::<name>`. */
export const stackOf = (urn: string): string => urn.split("::", 1)[0]?.split(":")[2] ?? "";

/** All resources of a stack, with the look-ups that joins need. */
export class Graph {
  private readonly byType = new Map<string, Resource[]>();
  private readonly notes = new Map<unknown, unknown>();

  constructor(readonly resources: readonly Resource[]) {
    for (const resource of resources) {
      const same = this.byType.get(resource.type);
      if (same) same.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    return types.length === 1 ? (this.byType.get(types[0] ?? "") ?? []) : types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** A view of this graph that is worked out once, however many resources ask for it. */
  view<T>(make: (graph: Graph) => T): T {
    if (!this.notes.has(make)) this.notes.set(make, make(this));
    return this.notes.get(make) as T;
  }
}
