export interface Expected {
  readonly severity: "warning" | "critical";
  /** Those besides the severity. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly says: string;
}

export interface AlertCase {
  readonly alert: string;
  /** When this is the state of things … */
  readonly when: string;
  /** … as series in promtool's notation, one sample a minute, or every so many of them … */
  readonly series: Readonly<Record<string, string>>;
  readonly every?: number;
  /** … then, so many minutes later, … */
  readonly after: number;
  /** … these fire, and no others of that name. */
  readonly fires: readonly Expected[];
}

export const loki = 'job="granary/loki",namespace="observability",pod="loki-0"';
export const tempo = 'job="granary/tempo",namespace="observability",pod="tempo-0"';
export const alloy = 'job="granary/alloy",namespace="observability-collection",pod="alloy-x"';
export const alloyPod = { pod: "alloy-x" };
