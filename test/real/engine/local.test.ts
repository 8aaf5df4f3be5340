import { bucketsOf } from "../support/engine/buckets";
import { describeLifecycle } from "../support/engine/lifecycle";
import { programChanges } from "./changes/program";
import { storeChanges } from "./changes/store";

describeLifecycle("local", {
  changes: [...storeChanges({ bucketOf: (purpose) => `store-${purpose}-bucket` }), ...programChanges],
  objects: ["ConfigMap observability/loki-schema-2024-04-01"],
  store: bucketsOf,
  inStore: ["granary-loki-chunks", "granary-loki-ruler", "granary-tempo-traces"],
});
