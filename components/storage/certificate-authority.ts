// A certificate authority that the workloads must trust: there already, or put beside them from the configuration. Its certificate is public.
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { StorageOf } from "../config/schema/storage";
import type { StoreContext } from "./context";
import type { Endpoint } from "./store";

type Authority = StorageOf<"s3">["ca"];
type Reference = NonNullable<Endpoint["ca"]>;

export class CertificateAuthority {
  private readonly made = new Map<string, pulumi.Resource>();

  constructor(
    private readonly name: string,
    private readonly authority: Authority,
    private readonly context: StoreContext,
    private readonly parent: pulumi.Resource,
  ) {}

  /** What clients are told; nothing where they trust what they trust anyway. */
  get reference(): Reference | undefined {
    if (!this.authority) return undefined;
    const { secret } = this.authority;
    return secret ? { secretName: secret.name, key: secret.key } : { secretName: "object-store-ca", key: "ca.crt" };
  }

  /** Makes it readable in this namespace. */
  in(namespace: string): pulumi.Resource[] {
    const { certificate } = this.authority ?? {};
    const { reference } = this;
    if (!certificate || !reference) return [];
    const secret =
      this.made.get(namespace) ??
      new kubernetes.core.v1.Secret(
        `${this.name}-ca-${namespace}`,
        { metadata: { name: reference.secretName, namespace }, type: "Opaque", stringData: { [reference.key]: certificate } },
        { parent: this.parent, provider: this.context.kubernetes },
      );
    this.made.set(namespace, secret);
    return [secret];
  }
}
