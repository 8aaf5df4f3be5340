// `npm run policy:mutations`: how many unsafe changes of real resources the pack catches. The last line is `caught/total`.
import { rules } from "../../policy/rules";
import { run } from "./harness";
import { previewAll } from "./stacks";
import { faultsOf, figure, linesOf } from "./summary";
import { mutations } from "./table";

async function main(): Promise<void> {
  const subjects = await previewAll();
  const outcomes = await run(subjects, mutations);
  const faults = faultsOf(subjects, outcomes, mutations, rules);
  for (const line of [...linesOf(outcomes, rules), "", ...faults, ...(faults.length > 0 ? [""] : [])]) console.log(line);
  console.log(`${mutations.length} unsafe changes in the table, made at ${outcomes.length} places of ${subjects.length} stacks; caught:`);
  console.log(figure(outcomes));
  process.exitCode = faults.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
