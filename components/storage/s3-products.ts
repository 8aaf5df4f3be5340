// What the S3-compatible servers can keep: a document that a server would ignore or refuse is not sent to it.
import type { StorageOf } from "../config/schema/storage";
import { rgwUser, seaweedUser } from "./access/rgw";

export interface Abilities {
  /** The name of a user in a bucket policy; undefined where bucket policies can't name users. */
  readonly principal?: (user: string) => string;
  /** Refuses plain HTTP by a policy without refusing everything: it knows aws:SecureTransport, or leaves it out on HTTP alone. */
  readonly tlsCondition?: boolean;
  readonly lifecycle: boolean;
  readonly versioning: boolean;
}

export const abilities: Readonly<Record<StorageOf<"s3">["product"], Abilities>> = {
  seaweedfs: { principal: seaweedUser, lifecycle: true, versioning: true },
  ceph: { principal: rgwUser, tlsCondition: true, lifecycle: true, versioning: true },
  // Users get policies through MinIO's own admin API; its bucket policies know only everyone.
  minio: { lifecycle: true, versioning: true },
  rustfs: { lifecycle: true, versioning: true },
  // Access is granted key by key with Garage's own command.
  garage: { lifecycle: true, versioning: false },
  other: { lifecycle: false, versioning: false },
};
