import { describeChanges } from "../../support/engine/changes";
import { changes, rookChanges } from "./cases";

describeChanges("dev", [...rookChanges, ...changes((purpose) => `store-${purpose}-claim`)]);
