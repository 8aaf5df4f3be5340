// Command lines and files of a control plane, the same with nodes and without.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterAccess } from "./kubernetes-client";

export const serviceRange = "10.96.0.0/16";

export const flags = (values: Readonly<Record<string, string | number | boolean>>) =>
  Object.entries(values).map(([name, value]) => `--${name}=${value}`);

/** Writes the administrator's token and the key that signs ServiceAccounts' tokens; returns the former. */
export function writeIdentities(folder: string): string {
  const token = randomBytes(16).toString("hex");
  writeFileSync(join(folder, "tokens.csv"), `${token},admin,admin,"system:masters"\n`, { mode: 0o600 });
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(join(folder, "service-accounts.key"), privateKey.export({ type: "pkcs1", format: "pem" }), { mode: 0o600 });
  return token;
}

export const etcdFlags = (folder: string, client: string, peer: string) => [
  ...flags({ name: "test", "data-dir": folder, "log-level": "warn", "unsafe-no-fsync": true, "initial-cluster": `test=${peer}` }),
  ...flags({ "listen-client-urls": client, "advertise-client-urls": client }),
  ...flags({ "listen-peer-urls": peer, "initial-advertise-peer-urls": peer }),
];

export const commonApiServerFlags = (folder: string, etcd: string) => ({
  "etcd-servers": etcd,
  "token-auth-file": join(folder, "tokens.csv"),
  "authorization-mode": "RBAC",
  "service-cluster-ip-range": serviceRange,
  "service-account-issuer": "https://kubernetes.default.svc",
  "service-account-key-file": join(folder, "service-accounts.key"),
  "service-account-signing-key-file": join(folder, "service-accounts.key"),
  "allow-privileged": true,
});

export const managerFlags = (folder: string, kubeconfig: string, certificate: string, port: number) =>
  flags({
    kubeconfig,
    "bind-address": "127.0.0.1",
    "secure-port": port,
    "cert-dir": join(folder, "manager-certificates"),
    "leader-elect": false,
    "root-ca-file": certificate,
    "service-account-private-key-file": join(folder, "service-accounts.key"),
  });

export function kubeconfigText(server: string, { token, ca }: ClusterAccess & { readonly token: string }): string {
  const cluster = { server, "certificate-authority-data": Buffer.from(ca).toString("base64") };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster }],
    users: [{ name: "admin", user: { token } }],
    contexts: [{ name: "test", context: { cluster: "test", user: "admin" } }],
    "current-context": "test",
  });
}
