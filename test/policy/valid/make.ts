// Plain resources, as checks see them.
import type { Resource } from "../../../policy/resource";

export type Props = Record<string, unknown>;

export interface Extra {
  readonly protect?: boolean;
  readonly stack?: string;
  readonly provider?: Resource["provider"];
  readonly refers?: Resource["propertyDependencies"];
}

export const urnOf = (type: string, name: string, stack = "prod"): string => `urn:pulumi:${stack}::granary::${type}::${name}`;

export const made = (
  type: string,
  name: string,
  props: Props,
  { protect = false, stack = "prod", provider, refers = {} }: Extra = {},
): Resource => ({
  urn: urnOf(type, name, stack),
  type,
  name,
  props,
  protect,
  ...(provider ? { provider } : {}),
  dependencies: [],
  propertyDependencies: refers,
});

export const metadata = (name: string, namespace = "observability") => ({ name, namespace });
