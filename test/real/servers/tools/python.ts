// SeaweedFS and moto, as PyPI publishes them, in a virtual environment of their own inside the cache.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run/root";
import { cache, keyOf } from "./cache";
import { installPackages } from "./debian";
import type { Step } from "./progress";

const requirements = join(root, "test/real/servers/python/requirements.txt");
const folder = () => join(cache, "python", keyOf([requirements]));
/** Written last, so that an interrupted installation does not count. */
const complete = () => join(folder(), "complete");

export function pythonBinary(name: string): string | undefined {
  const path = join(folder(), "bin", name);
  return existsSync(complete()) && existsSync(path) ? path : undefined;
}

export async function installPython(step: Step): Promise<void> {
  rmSync(folder(), { recursive: true, force: true });
  step.say("making a virtual environment");
  await makeEnvironment(step).catch(async () => {
    // Debian keeps venv's other half in a package of its own.
    await installPackages(["python3-venv"], step);
    await makeEnvironment(step);
  });
  step.say("installing the packages of test/real/servers/python/requirements.txt");
  await step.run(join(folder(), "bin", "pip"), ["install", "--disable-pip-version-check", "--progress-bar=off", "-r", requirements]);
  writeFileSync(complete(), "");
}

function makeEnvironment(step: Step): Promise<void> {
  rmSync(folder(), { recursive: true, force: true });
  return step.run("python3", ["-m", "venv", folder()]);
}
