// One workload's keys: made, given or fetched, and put into Secrets of the shape that each reader expects.
import { createHash } from "node:crypto";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Keys, KeysSource, SecretsConfig } from "../config/schema/secrets";
import { ExternalSecret } from "../kubernetes/custom-resources";
import { type ExternalSource, externalSecretSpec } from "./external";
import type { SecretStores } from "./secret-stores";
import { type KeyPart, type SecretShape, storeUserShape } from "./shape";

/** A Secret to be: where, by which name, of which shape. */
export interface Place {
  readonly namespace: string;
  readonly secretName: string;
  readonly shape: SecretShape;
}

export interface WorkloadKeysArgs {
  readonly workload: string;
  readonly source: KeysSource;
  readonly rotation: SecretsConfig["rotation"][string] | undefined;
  /** `granary:keys`. */
  readonly keys: Keys;
  readonly stores: SecretStores;
  readonly kubernetes: kubernetes.Provider;
}

type KeyValues = Partial<Record<KeyPart, pulumi.Output<string>>>;

export class WorkloadKeys extends pulumi.ComponentResource {
  /** Changes when the keys do. */
  readonly revision: pulumi.Input<string>;
  /** A pair from before is still accepted by the store. */
  readonly withPrevious: boolean;
  private readonly values: KeyValues;

  constructor(
    private readonly name: string,
    private readonly args: WorkloadKeysArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("granary:secrets:WorkloadKeys", name, {}, opts);
    this.values = this.keyValues();
    this.withPrevious = this.values.previousAccessKeyId !== undefined || this.remote?.previousKey !== undefined;
    this.revision = this.revisionOf();
    this.registerOutputs({});
  }

  /** The Secret at this place, and its name; it changes only after what it depends on. */
  place(id: string, place: Place, after: readonly pulumi.Resource[] = []): { secretName: string; resource?: pulumi.Resource } {
    const { source } = this.args;
    if (source.kind === "existing") return { secretName: source.secrets[this.args.workload] ?? place.secretName };
    const resource = source.kind === "external" ? this.fetched(id, place, source, after) : this.written(id, place, after);
    return { secretName: place.secretName, resource };
  }

  /** What the store's own user needs to hold, so that it accepts these keys. */
  get userShape(): SecretShape {
    return storeUserShape(this.withPrevious);
  }

  private written(id: string, { namespace, secretName, shape }: Place, after: readonly pulumi.Resource[]): pulumi.Resource {
    const entries = Object.entries(shape).map(([key, part]) => [key, "text" in part ? part.text : this.value(part.key)]);
    return new kubernetes.core.v1.Secret(
      `${this.name}-${id}`,
      { metadata: { name: secretName, namespace }, type: "Opaque", stringData: Object.fromEntries(entries) },
      this.childOptions(after),
    );
  }

  private fetched(id: string, place: Place, source: ExternalSource, after: readonly pulumi.Resource[]): pulumi.Resource {
    const remote = this.remote;
    if (!remote) throw new Error(`granary:secrets.source.remote names no keys for ${this.args.workload}`);
    const { ref, resource } = this.args.stores.in(place.namespace, source);
    const spec = externalSecretSpec(source, ref, remote, place.secretName, place.shape);
    const metadata = { name: place.secretName, namespace: place.namespace };
    return new ExternalSecret(`${this.name}-${id}`, { metadata, spec }, this.childOptions(resource ? [...after, resource] : after));
  }

  private get remote(): ExternalSource["remote"][string] | undefined {
    const { source, workload } = this.args;
    return source.kind === "external" ? source.remote[workload] : undefined;
  }

  private value(part: KeyPart): pulumi.Output<string> {
    const value = this.values[part];
    if (!value) throw new Error(`no ${part} for ${this.args.workload}`);
    return value;
  }

  private keyValues(): KeyValues {
    const { source, keys, workload, rotation } = this.args;
    if (source.kind === "pulumi") return givenKeys(keys, workload);
    if (source.kind !== "made") return {};
    const generation = rotation?.generation ?? 1;
    const current = this.madePair(generation);
    if (generation === 1 || rotation?.keepPrevious === false) return current;
    const before = this.madePair(generation - 1);
    return { ...current, previousAccessKeyId: before.accessKeyId, previousSecretAccessKey: before.secretAccessKey };
  }

  /** A generation's pair has a name of its own, so the next one doesn't replace it. */
  private madePair(generation: number): { accessKeyId: pulumi.Output<string>; secretAccessKey: pulumi.Output<string> } {
    const opts = { parent: this, additionalSecretOutputs: ["result"] };
    const id = new RandomPassword(`${this.name}-access-key-id-${generation}`, { length: 20, special: false, lower: false }, opts);
    const secret = new RandomPassword(`${this.name}-secret-access-key-${generation}`, { length: 40, special: false }, opts);
    return { accessKeyId: id.result, secretAccessKey: secret.result };
  }

  /** A hash where the keys are known here; else the generation, which whoever changes the keys outside counts up. */
  private revisionOf(): pulumi.Input<string> {
    const { accessKeyId, secretAccessKey } = this.values;
    if (!accessKeyId || !secretAccessKey) return `generation-${this.args.rotation?.generation ?? 1}`;
    return pulumi.unsecret(pulumi.all([accessKeyId, secretAccessKey]).apply(([id, secret]) => fingerprint(id, secret)));
  }

  private childOptions(dependsOn: readonly pulumi.Resource[] = []): pulumi.CustomResourceOptions {
    return { parent: this, provider: this.args.kubernetes, dependsOn: [...dependsOn] };
  }
}

/** Tells two pairs apart and says nothing about either. */
export const fingerprint = (accessKeyId: string, secretAccessKey: string): string =>
  createHash("sha256").update(`granary\0${accessKeyId}\0${secretAccessKey}`).digest("hex").slice(0, 16);

function givenKeys(keys: Keys, workload: string): KeyValues {
  const own = keys[workload];
  if (!own) throw new Error(`granary:keys holds no keys for ${workload}`);
  const pair = { accessKeyId: pulumi.secret(own.accessKeyId), secretAccessKey: pulumi.secret(own.secretAccessKey) };
  if (!own.previous) return pair;
  const { accessKeyId, secretAccessKey } = own.previous;
  return { ...pair, previousAccessKeyId: pulumi.secret(accessKeyId), previousSecretAccessKey: pulumi.secret(secretAccessKey) };
}
