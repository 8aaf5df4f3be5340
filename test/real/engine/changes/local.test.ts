import { describeChanges } from "../../support/engine/changes";
import { changes } from "./cases";

describeChanges(
  "local",
  changes((purpose) => `store-${purpose}-bucket`),
);
