// SeaweedFS's own shell: the commands that change users while the server runs.
import { spawn } from "node:child_process";
import { inherited, tied } from "./run/process";
import { markOf } from "./run/run";
import { tool } from "./tools/catalogue";

/** Runs commands one after the other. The shell always ends with exit code 0, so failures are found in its output. */
export function weedShell(master: string, filer: string, cwd: string): (commands: readonly string[]) => Promise<string> {
  return async (commands) => {
    const [program, ...args] = tied([tool("weed"), "shell", `-master=${master}`, `-filer=${filer}`]);
    const shell = spawn(program, args, { cwd, env: { ...inherited(), ...markOf("seaweedfs") }, stdio: ["pipe", "pipe", "pipe"] });
    const said: string[] = [];
    for (const stream of [shell.stdout, shell.stderr]) stream.setEncoding("utf8").on("data", (text: string) => said.push(text));
    const ended = new Promise<void>((resolve, reject) => shell.once("close", () => resolve()).once("error", reject));
    shell.stdin.end(`${commands.join("\n")}\nexit\n`);
    await ended;
    const text = said.join("");
    if (/^error:|unknown command/im.test(text)) throw new Error(`weed shell: ${text}`);
    return text;
  };
}
