// The part of Alloy's vocabulary that Granary speaks (v1.18): which arguments each component and block takes, so that a misspelt one does not compile.
import { type Block, type Expression, type MapExpression, untypedBlock, untypedComponent } from "./syntax";

type Text = Expression;
type Receivers = readonly Expression[];

interface Components {
  "discovery.kubernetes": { role: "pod" };
  "discovery.relabel": { targets: Expression };
  "loki.relabel": { forward_to: Receivers };
  "loki.source.file": { targets: Expression; forward_to: Receivers; on_positions_file_error?: "restart_from_beginning" };
  "loki.source.kubernetes": { targets: Expression; forward_to: Receivers };
  "loki.source.kubernetes_events": {
    forward_to: Receivers;
    job_name?: string;
    log_format?: "json" | "logfmt";
    namespaces?: readonly string[];
  };
  "loki.source.journal": { path?: string; max_age?: string; labels?: MapExpression; relabel_rules?: Expression; forward_to: Receivers };
  "loki.process": { forward_to: Receivers };
  "loki.write": { external_labels?: MapExpression };
  "otelcol.receiver.otlp": object;
  "otelcol.processor.memory_limiter": { check_interval: string; limit_percentage: number; spike_limit_percentage: number };
  "otelcol.processor.k8sattributes": object;
  "otelcol.processor.filter": { error_mode: "ignore" };
  "otelcol.exporter.otlp": { timeout?: string };
}

interface Blocks {
  selectors: { role: "pod"; field?: Text; label?: Text };
  rule: {
    action?: "keep" | "drop" | "replace" | "labelmap";
    source_labels?: readonly string[];
    separator?: string;
    regex?: string;
    replacement?: string;
    target_label?: string;
  };
  file_match: { enabled: boolean; sync_period?: string };
  endpoint: {
    url: string;
    name?: string;
    tenant_id?: string | undefined;
    batch_size?: string;
    batch_wait?: string;
    remote_timeout?: string;
    min_backoff_period?: string;
    max_backoff_period?: string;
    max_backoff_retries?: number;
  };
  "stage.cri": { max_partial_lines?: number };
  "stage.match": { selector: string; action?: "drop"; drop_counter_reason?: string };
  "stage.multiline": { firstline: string; max_wait_time?: string; max_lines?: number };
  "stage.drop": { expression: string; drop_counter_reason: string };
  "stage.structured_metadata": { values: MapExpression };
  "stage.label_drop": { values: readonly string[] };
  grpc: { endpoint: string };
  http: { endpoint: string };
  output: { traces: Receivers };
  extract: { metadata: readonly string[] };
  filter: { node: Text };
  pod_association: object;
  source: { from: "connection" | "resource_attribute"; name?: string };
  client: { endpoint: string; headers?: MapExpression | undefined };
  tls: { insecure: boolean };
  retry_on_failure: { max_elapsed_time: string; max_interval?: string };
  sending_queue: { queue_size: number; sizer: "bytes" };
  batch: { flush_timeout: string; min_size: number; max_size: number; sizer: "bytes" };
  trace_conditions: { context: "resource"; conditions: readonly string[] };
}

type Attributes = Readonly<Record<string, Expression | undefined>>;

export const component = <Name extends keyof Components>(
  name: Name,
  label: string,
  attributes: Components[Name],
  blocks: readonly Block[] = [],
): Block => untypedComponent(name, label, attributes as Attributes, blocks);

export const block = <Name extends keyof Blocks>(name: Name, attributes: Blocks[Name], blocks: readonly Block[] = []): Block =>
  untypedBlock(name, attributes as Attributes, blocks);
