import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { run } from "./run/process";
import { tool } from "./tools/catalogue";

export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
  /** What a client must trust: the certificate itself, for it is its own authority. */
  readonly ca: string;
}

/** A certificate for 127.0.0.1, localhost and these names and addresses that only the tests trust. */
export async function makeCertificate(folder: string, hosts: readonly string[] = []): Promise<Certificate> {
  const certFile = join(folder, "server.crt");
  const keyFile = join(folder, "server.key");
  const names = ["127.0.0.1", "localhost", ...hosts].map((host) => `${isIP(host) ? "IP" : "DNS"}:${host}`);
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", keyFile];
  await run(tool("openssl"), [
    "req",
    "-x509",
    ...key,
    "-out",
    certFile,
    "-days",
    "2",
    "-subj",
    "/CN=granary-test",
    "-addext",
    `subjectAltName=${names.join()}`,
  ]);
  return { certFile, keyFile, ca: readFileSync(certFile, "utf8") };
}
