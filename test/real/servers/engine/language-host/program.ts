import language, { type RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { ended, startRunner } from "./node";

/** The SDK's exit code for a program that has already reported its error. */
const alreadyReported = 32;

export async function runProgram(request: RunRequest, engine: string): Promise<RunResponse> {
  const info = request.getInfo();
  if (!info) throw new Error("the engine sent no program");
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    "root-directory": info.getRootDirectory(),
    parallel: String(request.getParallel()),
  };
  const args = Object.entries(flags).flatMap(([name, value]) => (value ? [`--${name}`, value] : []));
  const child = startRunner(
    "run",
    info,
    [...args, ...(request.getDryrun() ? ["--dry-run"] : []), info.getEntryPoint(), ...request.getArgsList()],
    {
      cwd: request.getPwd(),
      // The engine shows what the host prints.
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries() as never)),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
    },
  );
  const code = await ended(child);
  const response = new language.RunResponse();
  if (code === alreadyReported) response.setBail(true);
  else if (code !== 0) response.setError(`Program exited with ${typeof code === "number" ? `non-zero exit code: ${code}` : code}`);
  return response;
}
