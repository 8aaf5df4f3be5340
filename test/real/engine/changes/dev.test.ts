import { describeChanges } from "../../support/engine/changes";
import { changes, rookChanges } from "./cases";

// Alerts on quotas estimate how much a bucket holds from the retention.
describeChanges("dev", [...rookChanges, ...changes((purpose) => `store-${purpose}-claim`, "sight-alerts-rules")]);
