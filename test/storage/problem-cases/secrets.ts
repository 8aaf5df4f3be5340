import type { Case } from "./case";

const keyValues = { accessKeyId: "EXAMPLELOKI000000000", secretAccessKey: "not-a-real-secret" };
const other = { accessKeyId: "EXAMPLETEMPO00000000", secretAccessKey: "not-a-real-secret" };
const given = { "secrets.source": { kind: "pulumi" } };
export const source = "secrets.source";

export const keys: readonly Case[] = [
  [
    "keys where there are roles",
    "prod",
    given,
    "granary:secrets.source: leave it out: workloads in AWS get roles (granary:storage.identity); a workload with keys as well would have two identities, and which one it uses would be chance",
  ],
  ["keys for volumes", "filesystem", given, "granary:secrets.source: leave it out: volumes have no keys"],
  [
    "keys that Granary cannot give to the store",
    "hetzner",
    { [source]: { kind: "made" } },
    "granary:secrets.source.kind: found made, but a hetzner store has no way to be given keys; make them there and choose pulumi, existing or external",
  ],
  [
    "a Secret that Rook cannot see",
    "dev",
    { [source]: { kind: "existing", secrets: { loki: "a", tempo: "b" } } },
    "granary:secrets.source.kind: found existing, but Rook needs the keys beside the store as well as beside the workload; choose made, pulumi or external",
  ],
  [
    "no word on where keys are",
    "local",
    { secrets: undefined },
    "granary:secrets.source: is missing; the store's keys are made elsewhere, so say where they are: existing, pulumi or external",
  ],
  [
    "a workload without a Secret",
    "local",
    { [source]: { kind: "existing", secrets: { loki: "loki-keys" } } },
    "granary:secrets.source.secrets.tempo: is missing; it takes the name of the Secret that holds this workload's keys",
  ],
  [
    "a Secret for nobody",
    "local",
    { [`${source}.secrets.temp`]: "temp-keys" },
    "granary:secrets.source.secrets.temp: is no workload of this stack; did you mean tempo?",
  ],
  [
    "a Secret used by two workloads",
    "local",
    { [`${source}.secrets.tempo`]: "loki-object-store" },
    "granary:secrets.source.secrets: loki and tempo have the same keys; each workload needs keys of its own, or none could be told from the other, narrowed or changed alone",
  ],
  [
    "an item used by two workloads",
    "hetzner",
    { [`${source}.remote.tempo`]: { key: "loki-object-store" } },
    "granary:secrets.source.remote: loki and tempo have the same keys; each workload needs keys of its own, or none could be told from the other, narrowed or changed alone",
  ],
  [
    "a key used by two workloads",
    "hetzner",
    { ...given, keys: { loki: keyValues, tempo: keyValues } },
    "granary:keys: loki and tempo have the same keys; each workload needs keys of its own, or none could be told from the other, narrowed or changed alone",
  ],
  [
    "a workload without an item",
    "hetzner",
    { [`${source}.remote`]: { loki: { key: "loki" } } },
    "granary:secrets.source.remote.tempo: is missing; it says where this workload's keys are in the outside store, such as {key: item}",
  ],
  [
    "a workload without keys",
    "hetzner",
    { ...given, keys: { loki: keyValues } },
    "granary:keys.tempo: is missing; run `pulumi config set --secret --path 'granary:keys.tempo.accessKeyId'` and type the value when asked, and the same for secretAccessKey",
  ],
  [
    "keys that nobody uses",
    "hetzner",
    { keys: { loki: keyValues, tempo: other } },
    "granary:keys: holds keys, but this stack's come by secrets.source external; take them out, or choose pulumi",
  ],
  [
    "a rotation of nobody's keys",
    "dev",
    { "secrets.rotation": { temop: { generation: 2 } } },
    "granary:secrets.rotation.temop: is no workload of this stack; did you mean tempo?",
  ],
  [
    "a generation before the first",
    "dev",
    { "secrets.rotation": { loki: { generation: 0 } } },
    "granary:secrets.rotation.loki.generation: found 0; allowed is at least 1",
  ],
  [
    "a rotation of keys that are in the configuration",
    "hetzner",
    { ...given, keys: { loki: keyValues, tempo: other }, "secrets.rotation": { loki: { generation: 2 } } },
    "granary:secrets.rotation: leave it out: these keys are in granary:keys, and pods restart when they change there",
  ],
  [
    "the pair before, of keys that come from outside",
    "hetzner",
    { "secrets.rotation": { loki: { generation: 2, keepPrevious: false } } },
    "granary:secrets.rotation.loki.keepPrevious: leave it out: only of keys that Granary makes does it know the pair before; these come by secrets.source external",
  ],
  [
    "the pair in use as the one before",
    "dev",
    { ...given, keys: { loki: { ...keyValues, previous: keyValues }, tempo: other } },
    "granary:keys.loki.previous: is the pair in use; leave it out, or keep the pair from before there",
  ],
  [
    "an item before where the store isn't told",
    "hetzner",
    { [`${source}.remote.loki`]: { key: "new", previousKey: "old" } },
    "granary:secrets.source.remote.loki.previousKey: only a rook-ceph store is told which keys are valid; in a hetzner store the keys themselves decide",
  ],
  [
    "a vault without a scheme",
    "hetzner",
    { [`${source}.store.host`]: "onepassword-connect:8080" },
    'granary:secrets.source.store.host: found "onepassword-connect:8080"; allowed is an address with its scheme, such as https://onepassword-connect.example.com',
  ],
];
