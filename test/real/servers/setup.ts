// Before and after a run of the real tests: nothing of an earlier one is left, and nothing of this one stays.
import { endRun, runId, sweep } from "./run/run";

export async function setup(): Promise<() => Promise<void>> {
  await sweep();
  // Test files run in a process below this one and take the run's name from the environment.
  const run = runId();
  return async () => {
    await endRun(run);
  };
}
