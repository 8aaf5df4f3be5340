import { accountOf } from "../support/engine/aws-account";
import { describeLifecycle } from "../support/engine/lifecycle";
import { prodChanges } from "./changes/prod";

const guarded = (purpose: string, versioning: string) =>
  `granary-prod-${purpose}-123456789012-eu-central-1-an: ` +
  `policy, public access block, ownership, encryption, lifecycle, versioning ${versioning}`;

// AWS is moto, and the provider a stand-in that calls it.
describeLifecycle("prod", {
  changes: prodChanges,
  warnings: [/^Loki 4 drops the mode simple-scalable/],
  objects: ["ConfigMap observability/loki-schema-2024-04-01"],
  store: accountOf,
  inStore: [
    guarded("access-logs", "Suspended"),
    ...["loki-chunks", "loki-ruler", "tempo-traces"].map((purpose) => guarded(purpose, "Enabled")),
    "0 roles",
  ],
});
