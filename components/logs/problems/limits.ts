// What is taken in and kept, by the stack as a whole and by each tenant.
import type { Problem } from "../../config/problems";
import { type Duration, kubernetesQuantity } from "../../config/units";
import { limitsOf, settingsOf } from "../derived";
import { type Check, when } from "./check";

const tooShort = ({ seconds }: Duration): boolean => seconds < 24 * 3600;
const leastKept = "is shorter than 24h, the least that Loki's compactor can keep apart";

const retentionCanWork: Check = (logs) => [
  ...when(tooShort(logs.retention), ".retention", () => leastKept),
  ...logs.compactor.streams.flatMap(({ keep }, i) => when(tooShort(keep), `.compactor.streams[${i}].keep`, () => leastKept)),
  ...when(
    limitsOf(logs).rejectOlderThan.seconds > logs.retention.seconds,
    ".limits.rejectOlderThan",
    () => "is longer than logs.retention: lines would be taken in only to be deleted",
  ),
];

const limitsAgree: Check = (logs) => {
  const limits = limitsOf(logs);
  return [
    ...when(
      limits.ingestionBurst.bytes < limits.ingestionRate.bytes,
      ".limits.ingestionBurst",
      () => "is smaller than limits.ingestionRate",
    ),
    ...when(limits.streamBurst.bytes < limits.streamRate.bytes, ".limits.streamBurst", () => "is smaller than limits.streamRate"),
    ...when(
      limits.streamRate.bytes > limits.ingestionRate.bytes,
      ".limits.streamRate",
      () => "is larger than limits.ingestionRate, which bounds all streams together",
    ),
  ];
};

/** The same for each tenant. What else could disagree follows from what the tenant says. */
const tenantsAgree: Check = (logs, { tenants }) =>
  tenants.flatMap(({ logs: own = {} }, i): Problem[] => {
    const path = `granary:tenants[${i}].logs`;
    const { ingestionRate, ingestionBurst } = limitsOf(settingsOf(logs, own));
    const rate = `${own.ingestionRate ? "its ingestionRate" : "logs.limits.ingestionRate"}, ${kubernetesQuantity(ingestionRate)} a second`;
    return [
      ...(own.retention && tooShort(own.retention) ? [{ path: `${path}.retention`, message: leastKept }] : []),
      ...(own.ingestionBurst && ingestionBurst.bytes < ingestionRate.bytes
        ? [{ path: `${path}.ingestionBurst`, message: `is smaller than ${rate}` }]
        : []),
    ];
  });

export const limitChecks: readonly Check[] = [retentionCanWork, limitsAgree, tenantsAgree];
