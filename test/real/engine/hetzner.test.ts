import { bucketsOf } from "../support/engine/buckets";
import { describeLifecycle } from "../support/engine/lifecycle";

describeLifecycle("hetzner", {
  objects: ["ConfigMap observability/loki-schema-2024-04-01"],
  store: bucketsOf,
  inStore: ["granary-hz-loki-chunks", "granary-hz-loki-ruler", "granary-hz-tempo-traces"],
});
