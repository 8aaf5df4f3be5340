// What the pack demands of its own exceptions, and of a preview's unknowns. `pack.ts` runs these; here is what they are.
import type { Rule } from "../rule";

type Described = Omit<Rule, "scope" | "check" | "remediate" | "subjects">;

export const exceptionsLoaded: Described = {
  id: "exceptions",
  group: "the pack itself",
  severity: "high",
  level: "mandatory",
  demands: "Exceptions are listed in this policy's configuration.",
  reason: "One list shows all that a team has allowed. Without this policy no exception holds.",
  fix: "Give list: each entry with rule, resource (a URN, * stands for anything), reason, owner and until.",
  settings: {
    list: {
      type: "array",
      items: {
        type: "object",
        properties: Object.fromEntries(["rule", "resource", "reason", "owner", "until"].map((part) => [part, { type: "string" }])),
      },
      default: [],
      description: "Exceptions: rule, resource (a URN, * stands for anything), reason, owner, and the last day, as in 2027-03-31.",
    },
  },
};

export const exceptionsNeeded: Described = {
  id: "exceptions-needed",
  group: "the pack itself",
  severity: "high",
  level: "mandatory",
  demands: "Every exception is complete, has not ended, and is needed.",
  reason: "An exception that nobody needs hides the next violation, and one without an end is a change of the rule.",
  fix: "Complete it, prolong it on purpose, or remove it.",
};

export const knownAfterCreation: Described = {
  id: "known-after-creation",
  group: "the pack itself",
  severity: "low",
  level: "advisory",
  demands: "What a preview can't know is listed.",
  reason: "An unknown value is neither passed nor failed in silence. The update judges it, before it creates the resource.",
  fix: "Nothing, as a rule. A value that could be known, such as a name, can be given instead of computed.",
};
