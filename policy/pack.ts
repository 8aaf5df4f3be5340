// Makes Pulumi policies of rules: the one place that knows the SDK's shapes.
import type {
  Policies,
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { Exceptions } from "./exceptions";
import { type Fields, fields, list, NotYetKnown } from "./readers/values";
import { Graph, type Resource, stackOf } from "./resource";
import type { Context, RemediationRule, ResourceRule, Rule, StackRule } from "./rule";
import { exceptionsLoaded, exceptionsNeeded, knownAfterCreation } from "./rules/pack-itself";
import { canonicalProps, canonicalType, hasOtherNames } from "./types";
import { Unknowns } from "./unknowns";

/** The policies, in the order that they must run in: exceptions are read first, and told about last. */
export function policiesOf(rules: readonly Rule[], today: () => string): Policies {
  const run = new Run(new Exceptions(new Set(rules.map(({ id }) => id)), today), new Unknowns());
  return [run.loader(), ...rules.map((rule) => run.policy(rule)), run.teller(), run.auditor()];
}

class Run {
  /** By stack, since several may be under way at once. */
  private readonly latest = new Map<string, { readonly graph: Graph; readonly first: unknown; readonly last: unknown }>();

  constructor(
    private readonly exceptions: Exceptions,
    private readonly unknowns: Unknowns,
  ) {}

  policy(rule: Rule): ResourceValidationPolicy | StackValidationPolicy {
    if (rule.scope === "stack") return this.stackPolicy(rule);
    return rule.scope === "resource" ? this.resourcePolicy(rule) : remediationPolicy(rule);
  }

  /** A policy only gets its own configuration, so this one hands the exceptions to all others. */
  loader(): ResourceValidationPolicy {
    return {
      ...describe(exceptionsLoaded),
      validateResource: ({ getConfig }) => this.exceptions.load(getConfig<{ list?: unknown }>().list),
    };
  }

  teller(): StackValidationPolicy {
    return {
      ...describe(knownAfterCreation),
      validateStack: ({ resources }, report) => {
        for (const { message, urn } of this.unknowns.tell(stackOf(resources[0]?.urn ?? ""))) report(message, urn);
      },
    };
  }

  auditor(): StackValidationPolicy {
    return {
      ...describe(exceptionsNeeded),
      validateStack: ({ resources }, report) => {
        const stack = stackOf(resources[0]?.urn ?? "");
        for (const fault of this.exceptions.faults(stack)) report(fault);
        this.exceptions.forget(stack);
        this.latest.delete(stack);
      },
    };
  }

  private resourcePolicy(rule: ResourceRule): ResourceValidationPolicy {
    const validateResource = (args: ResourceValidationArgs, report: (message: string, urn?: string) => void) => {
      if (rule.type !== undefined && rule.type !== canonicalType(args.type)) return;
      const resource = plain(args);
      this.judge(rule, resource, () => rule.check(resource, contextOf(rule, args, args.urn)), report);
    };
    const { remediate } = rule;
    const remediateResource =
      remediate &&
      ((args: ResourceValidationArgs) => {
        if (rule.type !== undefined && rule.type !== canonicalType(args.type)) return undefined;
        return remediate(raw(args.props), contextOf(rule, args, args.urn)) ? args.props : undefined;
      });
    return {
      ...describe(rule),
      validateResource: onType(validateResource, rule.type),
      ...(remediateResource ? { remediateResource: onType(remediateResource, rule.type) } : {}),
    };
  }

  private stackPolicy(rule: StackRule): StackValidationPolicy {
    return {
      ...describe(rule),
      validateStack: (args: StackValidationArgs, report) => {
        const graph = this.graphOf(args.resources);
        const context = contextOf(rule, args, args.resources[0]?.urn ?? "");
        for (const subject of rule.subjects(graph, context)) this.judge(rule, subject, () => rule.check(subject, graph, context), report);
      },
    };
  }

  /** All rules about one stack share its graph, and what they join in it. The values of its ends tell whether it is the same stack. */
  private graphOf(resources: readonly PolicyResource[]): Graph {
    const [first, last] = [resources[0], resources.at(-1)].map((resource) => resource && raw(resource.props));
    const stack = stackOf(resources[0]?.urn ?? "");
    const known = this.latest.get(stack);
    if (known && known.first === first && known.last === last && known.graph.resources.length === resources.length) return known.graph;
    const graph = new Graph(resources.map(plain));
    this.latest.set(stack, { graph, first, last });
    return graph;
  }

  private judge(rule: Rule, subject: Resource, check: () => Iterable<string>, report: (message: string, urn?: string) => void): void {
    try {
      for (const fault of check()) {
        if (!this.exceptions.covers(rule.id, subject.urn)) report(`${subject.name}: ${fault}\n${rule.fix}`, subject.urn);
      }
    } catch (error) {
      if (error instanceof NotYetKnown) this.unknowns.note(rule.id, subject.urn, error.path);
      // A resource of a shape that no check thought of is refused, and the other rules go on.
      else report(`${subject.name}: it can't be judged: ${(error as Error).message}\n${rule.fix}`, subject.urn);
    }
  }
}

function remediationPolicy(rule: RemediationRule): ResourceValidationPolicy {
  return {
    ...describe(rule),
    remediateResource: (args) => (rule.remediate(raw(args.props), canonicalType(args.type)) ? args.props : undefined),
  };
}

function describe(rule: Omit<Rule, "scope" | "check" | "remediate" | "subjects">) {
  return {
    name: rule.id,
    description: rule.demands,
    enforcementLevel: rule.level,
    severity: rule.severity,
    remediationSteps: rule.fix,
    tags: [rule.group],
    ...(rule.settings ? { configSchema: { properties: rule.settings } } : {}),
  };
}

/**
 * The SDK skips a policy whose type is not the resource's before it unpacks anything. It reads the type from the function, as its own helpers write it.
 * It compares exactly, so a type with other names is left to the policy.
 */
const onType = <F extends object>(validate: F, type: string | undefined): F =>
  type === undefined || hasOtherNames(type) ? validate : Object.assign(validate, { __pulumiType: type });

function contextOf(rule: ResourceRule | StackRule, args: { getConfig<T extends object>(): T }, urn: string): Context {
  const settings: Fields = { ...defaultsOf(rule), ...args.getConfig<Record<string, unknown>>() };
  return { settings, local: list(settings.localStacks).includes(stackOf(urn)) };
}

const defaultsOf = (rule: ResourceRule | StackRule): Fields =>
  Object.fromEntries(Object.entries(rule.settings ?? {}).map(([name, schema]) => [name, fields(schema).default]));

/** The SDK wraps inputs so that reading an unknown throws; the checks read the markers beneath and say which value it was. */
function raw(props: Record<string, unknown>): Record<string, unknown> {
  let current = props;
  while (current.__isSpecialProxy === true) current = current.__getSpecialProxyTarget as Record<string, unknown>;
  return current;
}

function plain(resource: ResourceValidationArgs | PolicyResource): Resource {
  const { urn, type, name, provider } = resource;
  return {
    urn,
    type: canonicalType(type),
    name,
    props: canonicalProps(type, raw(resource.props)),
    protect: resource.opts.protect,
    ...(provider ? { provider: { name: provider.name, props: raw(provider.props) } } : {}),
    dependencies: "dependencies" in resource ? resource.dependencies.map((other) => other.urn) : [],
    propertyDependencies:
      "propertyDependencies" in resource
        ? Object.fromEntries(Object.entries(resource.propertyDependencies).map(([key, others]) => [key, others.map((other) => other.urn)]))
        : {},
  };
}
