import { describeChanges } from "../../support/engine/changes";
import { common } from "./cases";

describeChanges("local", common);
