import { Secret } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { credential } from "../../policy/readers/credentials";
import { secretInputsMarked } from "../../policy/rules/marked-secrets";
import { push, replace, set } from "../mutations/edit";
import { breaksOne, staysFine } from "./broken";

// Shaped like keys, and none: they open nothing.
const accessKey = `AKIA${"EXAMPLE7".repeat(2)}`;
const password = "correct-horse-battery";

describe("keys where many read them", () => {
  breaksOne([
    [
      "loki",
      "an access key",
      set("values.loki.podAnnotations", { note: accessKey }),
      "secret-not-in-chart-values",
      "values.loki.podAnnotations.note holds an AWS access key",
    ],
    [
      "loki",
      "a password",
      set("values.gateway", { basicAuth: { password } }),
      "secret-not-in-chart-values",
      "values.gateway.basicAuth.password holds a literal where a key belongs",
    ],
    [
      "loki",
      "in camel case",
      set("values.loki.storage", { s3: { secretAccessKey: password } }),
      "secret-not-in-chart-values",
      "values.loki.storage.s3.secretAccessKey holds a literal where a key belongs",
    ],
    [
      "loki",
      "inside the configuration",
      replace("values.loki.config", "    s3:\n", `    s3:\n      secret_access_key: ${password}\n`),
      "secret-not-in-chart-values",
      "values.loki.config gives secret_access_key a literal",
    ],
    [
      "loki",
      "a URL",
      set("values.loki.address", `https://loki:${password}@example.com`),
      "secret-not-in-chart-values",
      "values.loki.address holds a URL with a password",
    ],
    [
      "datasources",
      "a private key",
      set("data.tls\\.key", "-----BEGIN EC PRIVATE KEY-----\nMHcC\n"),
      "secret-not-in-config-maps",
      "data.tls.key holds a private key",
    ],
    [
      "datasources",
      "a token in a text",
      replace("data.granary\\.yaml", "timeout: 120", `token: ${password}`),
      "secret-not-in-config-maps",
      "data.granary.yaml gives token a literal",
    ],
    [
      "datasources",
      "in base64",
      set("binaryData", { file: Buffer.from(`secret_key=${password}`).toString("base64") }),
      "secret-not-in-config-maps",
      "binaryData.file gives secret_key a literal",
    ],
    [
      "command",
      "a command line",
      set("create", `aws configure set aws_secret_access_key=${password}`),
      "secret-not-in-commands",
      "create gives aws_secret_access_key a literal",
    ],
    [
      "deployment",
      "an argument",
      push("spec.template.spec.containers.0.args", `--password=${password}`),
      "secret-not-in-commands",
      "spec.template.spec.containers[0].args[1] gives password a literal",
    ],
    [
      "deployment",
      "an argument after its flag",
      (props) => {
        push("spec.template.spec.containers.0.args", "--secret-key")(props);
        push("spec.template.spec.containers.0.args", password)(props);
      },
      "secret-not-in-commands",
      "spec.template.spec.containers[0].args[2] holds a literal where a key belongs",
    ],
    [
      "deployment",
      "a variable",
      push("spec.template.spec.containers.0.env", { name: "AWS_SECRET_ACCESS_KEY", value: password }),
      "secret-not-in-environment",
      "spec.template.spec.containers[0].env[1] (AWS_SECRET_ACCESS_KEY) holds a literal where a key belongs",
    ],
    [
      "namespace",
      "an annotation",
      set("metadata.annotations.note", accessKey),
      "secret-not-in-metadata",
      "metadata.annotations.note holds an AWS access key",
    ],
    ["bucket", "a tag", set("tags", { password }), "secret-not-in-metadata", "tags.password holds a literal where a key belongs"],
    [
      "stack",
      "an output by its name, be it marked",
      set("lokiSecretKey", "[secret]"),
      "secret-not-in-outputs",
      "the output lokiSecretKey is a key",
    ],
    [
      "stack",
      "an output by its look",
      set("loki", { note: accessKey }),
      "secret-not-in-outputs",
      "the output loki.note holds an AWS access key",
    ],
  ]);
  staysFine([
    ["loki", "a Secret's name", set("values.gateway", { basicAuth: { existingSecret: "loki-gateway" } })],
    ["loki", "a variable", replace("values.loki.config", "    s3:\n", "    s3:\n      secret_access_key: ${AWS_SECRET_ACCESS_KEY}\n")],
    ["loki", "a password's hash", set("values.gateway", { basicAuth: { htpasswd: "shop:$2y$05$abcdefghijklmnopqrstuv" } })],
    ["loki", "a number of tokens", set("values.loki.tokens", 512)],
    [
      "deployment",
      "a variable by reference",
      push("spec.template.spec.containers.0.env", {
        name: "AWS_SECRET_ACCESS_KEY",
        valueFrom: { secretKeyRef: { name: "gateway-keys", key: "secret" } },
      }),
    ],
    ["deployment", "a path to a key", push("spec.template.spec.containers.0.args", "--token=/var/run/secrets/token")],
    ["externalSecret", "a template", set("spec.target.template.data.AWS_SECRET_ACCESS_KEY", "{{ .secret }}")],
    [
      "alloyText",
      "a variable of Alloy",
      replace("data.config\\.alloy", /\}\s*$/, '\n basic_auth { password = sys.env("PUSH_PASSWORD") }\n}\n'),
    ],
    ["stack", "the name of a Secret", set("lokiSecretName", "loki-keys")],
  ]);
});

describe("what looks like a key", () => {
  it.each([
    ["token", "abc123", "holds a literal where a key belongs"],
    ["access_key_id", "GK0123456789", "holds a literal where a key belongs"],
    ["note", "password: hunter2", "gives password a literal"],
    ["note", "--client-secret=hunter2", "gives client-secret a literal"],
    ["note", '"apiKey": "hunter2"', "gives apiKey a literal"],
    ["note", "a line\nsecret_key=hunter2\n", "gives secret_key a literal"],
    ["password", "${PASSWORD:-hunter2}", "holds a literal where a key belongs"],
    ["note", "password: ${PASSWORD:-hunter2}", "gives password a literal"],
    // Good neighbours.
    ["tokens_per_second", "100", undefined],
    ["secretName", "loki-keys", undefined],
    ["note", "the password is in the vault", undefined],
    ["note", "password: ${PASSWORD}", undefined],
    ["note", "password: $__env{PASSWORD}", undefined],
    ["note", "password_file: /etc/password", undefined],
    ["password", "", undefined],
    ["password", "${PASSWORD:-}", undefined],
    ["passwordKey", "password", undefined],
    ["url", "https://example.com:443/path@2", undefined],
    ["url", "https://user:${PASSWORD}@example.com", undefined],
    ["image", "sha256:0123456789abcdef0123456789abcdef", undefined],
    ["password", 7, undefined],
  ])("%s = %j", (name, value, expected) => {
    expect(credential(name, value)).toBe(expected);
  });
  it("never says the key itself", () => {
    for (const [name, value] of [
      ["password", password],
      ["note", `token=${password}`],
      ["note", accessKey],
    ] as const) {
      expect(credential(name, value)).not.toContain(password);
      expect(credential(name, value)).not.toContain(accessKey);
    }
  });
});

describe("secret inputs", () => {
  const secretType = "kubernetes:core/v1:Secret";
  const remediate = (props: Record<string, unknown>) => ({ changed: secretInputsMarked.remediate(props, secretType), props });
  it("are marked where they are not", () => {
    const { changed, props } = remediate({ stringData: { key: password } });
    expect(changed).toBe(true);
    expect(props.stringData).toBeInstanceOf(Secret);
  });
  it("are left alone where they are, or where each of their values is", () => {
    expect(remediate({ stringData: new Secret({ key: password }) }).changed).toBe(false);
    expect(remediate({ stringData: { key: new Secret(password) } }).changed).toBe(false);
    expect(remediate({ stringData: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }).changed).toBe(false);
    expect(remediate({ metadata: { name: "a" } }).changed).toBe(false);
  });
  describe("a provider's kubeconfig", () => {
    const cluster = { clusters: [{ name: "c", cluster: { server: "https://10.0.0.1:6443" } }] };
    const withUser = (user: object) => ({ ...cluster, users: [{ name: "u", user }] });
    const isMarkedAs = (kubeconfig: unknown) => {
      const props = { kubeconfig };
      return secretInputsMarked.remediate(props, "pulumi:providers:kubernetes") && (props.kubeconfig as unknown) instanceof Secret;
    };

    it.each([
      ["empty", ""],
      ["a path", "/home/user/.kube/config"],
      ["a path of Windows", "C:\\Users\\user\\.kube\\config"],
      ["several paths", "/home/user/.kube/config:/home/user/.kube/other"],
      ["a command that logs in", JSON.stringify(withUser({ exec: { command: "aws", args: ["eks", "get-token"] } }))],
      [
        "files beside it",
        JSON.stringify(withUser({ "client-certificate": "user.crt", "client-key": "user.key", tokenFile: "/var/token" })),
      ],
      ["marked already", new Secret("apiVersion: v1\nusers: []\n")],
      ["not known yet", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
    ])("is no secret: %s", (_what, kubeconfig) => {
      expect(isMarkedAs(kubeconfig) && !(kubeconfig instanceof Secret)).toBe(false);
    });

    it.each([
      ["a token", JSON.stringify(withUser({ token: password }))],
      ["a token in YAML", `apiVersion: v1\nusers:\n- name: u\n  user:\n    token: ${password}\n`],
      ["a password", withUser({ username: "u", password })],
      ["a client key", withUser({ "client-key-data": "LS0t" })],
      ["an identity provider's tokens", withUser({ "auth-provider": { name: "oidc" } })],
      ["a command with an environment", withUser({ exec: { command: "aws", env: [{ name: "AWS_SECRET_ACCESS_KEY", value: password }] } })],
      ["a text that can't be read", "users: [\n"],
    ])("is a secret with %s", (_what, kubeconfig) => {
      expect(isMarkedAs(kubeconfig)).toBe(true);
    });
  });
});
