// For every alert: series under which it must fire, with the very words that are sent, and series under which it must keep silent.

import { collectionCases } from "./alert-cases/collection";
import { collectionSpansCases } from "./alert-cases/collection-spans";
import { logsCompactorCases } from "./alert-cases/logs-compactor";
import { logsIngestersCases } from "./alert-cases/logs-ingesters";
import { logsIntakeCases } from "./alert-cases/logs-intake";
import { logsRequestsCases } from "./alert-cases/logs-requests";
import { platformCases } from "./alert-cases/platform";
import { storeCases } from "./alert-cases/store";
import { tracesCases } from "./alert-cases/traces";

export const alertCases = [
  ...logsIntakeCases,
  ...logsRequestsCases,
  ...logsIngestersCases,
  ...logsCompactorCases,
  ...tracesCases,
  ...collectionCases,
  ...collectionSpansCases,
  ...storeCases,
  ...platformCases,
];
