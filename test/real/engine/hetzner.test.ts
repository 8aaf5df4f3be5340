import { bucketsOf } from "../support/engine/buckets";
import { describeLifecycle } from "../support/engine/lifecycle";
import { ofOperator, storeChanges } from "./changes/store";

describeLifecycle("hetzner", {
  changes: storeChanges({ bucketOf: (purpose) => `store-${purpose}-bucket`, dataSources: ofOperator }),
  objects: ["ConfigMap observability/loki-schema-2024-04-01"],
  store: bucketsOf,
  inStore: ["granary-hz-loki-chunks", "granary-hz-loki-ruler", "granary-hz-tempo-traces"],
});
