// What a command of the CLI did or would do, read from the engine's event log.
import { existsSync, readFileSync } from "node:fs";

/** `create`, `update`, `delete`, `replace` with its `create-replacement` and `delete-replaced`, `same`, `read`. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Properties that differ, and those of them that demand a replacement. */
  readonly diffs: readonly string[];
  readonly replacedBy: readonly string[];
}

export interface Violation {
  readonly policy: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
}

export interface Events {
  readonly steps: readonly Step[];
  readonly violations: readonly Violation[];
  /** Errors, warnings and what the program logged. */
  readonly diagnostics: readonly { readonly severity: string; readonly urn?: string; readonly message: string }[];
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly diffs?: readonly string[];
  readonly keys?: readonly string[];
}

interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: Metadata };
  readonly resOutputsEvent?: { readonly metadata: Metadata };
  readonly policyEvent?: {
    readonly policyName: string;
    readonly enforcementLevel: string;
    readonly resourceUrn?: string;
    readonly message: string;
  };
  readonly policyRemediationEvent?: { readonly policyName: string; readonly resourceUrn?: string };
  readonly diagnosticEvent?: { readonly severity: string; readonly urn?: string; readonly message: string; readonly ephemeral?: boolean };
}

export function readEvents(file: string): Events {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").filter(Boolean) : [];
  const events = lines.map((line) => JSON.parse(line) as EngineEvent);
  return {
    steps: stepsOf(events),
    violations: events.flatMap(violationsOf),
    diagnostics: events.flatMap(({ diagnosticEvent }) => (diagnosticEvent && !diagnosticEvent.ephemeral ? [diagnosticEvent] : [])),
  };
}

/** Before a refresh the engine can't know what differs, so its steps are those of afterwards. */
function stepsOf(events: readonly EngineEvent[]): Step[] {
  const before = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
  const refreshed = new Set(before.filter(({ op }) => op === "refresh").map(({ urn }) => urn));
  const after = events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? []);
  return [...before.filter(({ op }) => op !== "refresh"), ...after.filter(({ urn }) => refreshed.has(urn))].map(stepOf);
}

function stepOf({ op, urn, type, diffs, keys }: Metadata): Step {
  return { op, urn, type, name: urn.split("::").at(-1) ?? "", diffs: diffs ?? [], replacedBy: keys ?? [] };
}

function violationsOf({ policyEvent, policyRemediationEvent }: EngineEvent): Violation[] {
  const remediated = policyRemediationEvent && { ...policyRemediationEvent, enforcementLevel: "remediate", message: "" };
  return [policyEvent, remediated].flatMap((event) =>
    event ? [{ policy: event.policyName, level: event.enforcementLevel, urn: event.resourceUrn ?? "", message: event.message }] : [],
  );
}
