// For every alert: series under which it must fire, with the very words that are sent, and series under which it must keep silent.

import { collectionCases } from "./alert-cases/collection";
import { logsCases } from "./alert-cases/logs";
import { platformCases } from "./alert-cases/platform";
import { storeCases } from "./alert-cases/store";
import { tracesCases } from "./alert-cases/traces";

export const alertCases = [...logsCases, ...tracesCases, ...collectionCases, ...storeCases, ...platformCases];
