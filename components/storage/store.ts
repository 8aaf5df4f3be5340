// The one interface that every store stands behind. Loki, Tempo, backups and tenants see these types and nothing else.
import type { Input, Output, Resource } from "@pulumi/pulumi";
import type { Duration, Size } from "../config/units";

/** Who asks for access: a program in a namespace, running as these service accounts. One workload has one set of keys or one role. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccounts: readonly string[];
  /** The shape of the Secret that the workload reads its keys from; `environment` unless it says otherwise. */
  readonly secretShape?: "environment" | "tempo-operator";
}

/** `tag` is object tagging, which Tempo needs on AWS. */
export type Action = "read" | "write" | "delete" | "list" | "tag";

export interface Grant {
  readonly workload: Workload;
  readonly actions: readonly Action[];
  /** Ends in `/`; empty for the whole bucket. */
  readonly prefix: string;
}

/** A backstop below the program's own retention: nothing under the prefix is expired before `keepFor` has passed. */
export interface Expiry {
  readonly prefix: string;
  readonly keepFor: Duration;
}

export interface BucketSpec {
  /** What the bucket is for, as part of its name: `loki-chunks`, `loki-ruler`, `tempo-traces`. */
  readonly purpose: string;
  /** Whose credentials the binding carries; it must hold a grant. */
  readonly workload: Workload;
  readonly grants: readonly Grant[];
  readonly expiries: readonly Expiry[];
  /** How long the workload may still query an object: no transition may put it out of reach before. */
  readonly queryableFor?: Duration;
  readonly versioning: boolean;
  /** Protected from deletion and kept on destroy, because it holds data. */
  readonly protect: boolean;
  /** What a store without buckets reserves instead. */
  readonly diskSize?: Size;
  /** There, the purpose whose volume this one shares, instead of a volume of its own. */
  readonly onDiskOf?: string;
}

export interface Endpoint {
  /** With its scheme: `https://rook-ceph-rgw-granary.rook-ceph.svc:443`. */
  readonly url: string;
  /** Host and port, without a scheme. */
  readonly host: string;
  readonly region: string;
  readonly pathStyle: boolean;
  readonly tls: boolean;
  /** A certificate authority that clients must trust, as a Secret in the workload's own namespace. */
  readonly ca?: { readonly secretName: string; readonly key: string };
  /** Where network policies must let traffic through. */
  readonly reach: Reach;
}

export type Reach =
  | { readonly kind: "namespace"; readonly namespace: string; readonly podLabels: Readonly<Record<string, string>>; readonly port: number }
  | { readonly kind: "cidrs"; readonly cidrs: readonly string[]; readonly port: number };

/** The keys of a Secret of shape `environment`: the names that the AWS SDKs read. */
export const secretKeys = { accessKeyId: "AWS_ACCESS_KEY_ID", secretAccessKey: "AWS_SECRET_ACCESS_KEY" } as const;

/** The annotation of pods that holds their keys' revision: changed keys change it, and with it the pods. */
export const credentialsRevision = "granary.dev/credentials-revision";

/**
 * How a workload proves who it is: never a key itself, only where it is. With a role, a Secret is there for readers of the shape
 * `tempo-operator` alone, and names the role.
 */
export type Credentials =
  | {
      readonly kind: "secret";
      readonly secretName: string;
      /** Changes when the keys do; set on pods so that they restart. */
      readonly revision?: Input<string>;
    }
  | { readonly kind: "irsa"; readonly roleArn: Output<string>; readonly secretName?: string }
  | { readonly kind: "pod-identity"; readonly roleArn: Output<string>; readonly secretName?: string };

export interface ObjectBinding {
  readonly kind: "object";
  readonly bucket: string;
  /** Where in the bucket this purpose lives; empty or ending in `/`. */
  readonly prefix: string;
  readonly endpoint: Endpoint;
  readonly credentials: Credentials;
  /** What must exist before the workload starts. */
  readonly ready: readonly Resource[];
}

export interface DiskBinding {
  readonly kind: "disk";
  readonly size: Size;
  readonly storageClass?: string;
  readonly ready: readonly Resource[];
}

export type BucketBinding = ObjectBinding | DiskBinding;

export const isObject = (binding: BucketBinding): binding is ObjectBinding => binding.kind === "object";
export const isDisk = (binding: BucketBinding): binding is DiskBinding => binding.kind === "disk";

export interface Store {
  bucket(spec: BucketSpec): BucketBinding;
}
