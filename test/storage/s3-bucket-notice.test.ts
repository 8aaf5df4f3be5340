// The AWS SDK prints a notice about Node 20 in every process that makes a client. Only this one is silenced.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { root } from "../support/preview";

const program = `
  const { clientFor } = require("./components/storage/s3-bucket/client.ts");
  clientFor({ endpoint: "http://127.0.0.1:9", region: "us-east-1", pathStyle: true });
  process.emitWarning("another warning");
`;

const warnings = async (env: NodeJS.ProcessEnv) => {
  const args = ["--require", "./bin/typescript.cjs", "--eval", program];
  return (await promisify(execFile)(process.execPath, args, { cwd: root, env: { ...process.env, ...env } })).stderr;
};

test("a client says nothing of the version of Node, and hides no other warning", async () => {
  const said = await warnings({ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined });
  expect(said).not.toContain("AWS SDK");
  expect(said).toContain("another warning");
});

test.runIf(process.version.startsWith("v20."))("the variable that silences it is the SDK's", async () => {
  expect(await warnings({ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "false" })).toContain("AWS SDK for JavaScript");
});
