import { bucketsOf } from "../support/engine/buckets";
import { describeLifecycle } from "../support/engine/lifecycle";

describeLifecycle("local", {
  objects: ["ConfigMap observability/loki-schema-2024-04-01"],
  store: bucketsOf,
  inStore: ["granary-loki-chunks", "granary-loki-ruler", "granary-tempo-traces"],
});
