import { describe, expect, it } from "vitest";
import { accessOf } from "./servers/cluster";

// What GRANARY_TEST_KUBECONFIG may name.

const base64 = (text: string) => Buffer.from(text).toString("base64");
const view = (user: object, ca: string | undefined = base64("authority")) =>
  JSON.stringify({
    clusters: [{ cluster: { server: "https://127.0.0.1:6443", ...(ca ? { "certificate-authority-data": ca } : {}) } }],
    users: [{ user }],
  });

describe("A kubeconfig", () => {
  it("gives access by token", () => {
    expect(accessOf(view({ token: "t" }))).toEqual({ endpoint: "https://127.0.0.1:6443", access: { ca: "authority", token: "t" } });
  });

  it("gives access by client certificate, as kind's does", () => {
    const user = { "client-certificate-data": base64("cert"), "client-key-data": base64("key") };
    expect(accessOf(view(user)).access).toEqual({ ca: "authority", clientCertificate: { cert: "cert", key: "key" } });
  });

  it("is refused with neither, and without a certificate authority", () => {
    expect(() => accessOf(view({ exec: { command: "login" } }))).toThrow(/GRANARY_TEST_KUBECONFIG.*needs a token or a client certificate/);
    expect(() => accessOf(view({ token: "t" }, ""))).toThrow(/no cluster with a certificate authority/);
  });
});
