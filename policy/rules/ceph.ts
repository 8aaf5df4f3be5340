// Traps of Ceph's object gateway, in Rook and at Hetzner.

import { part, storeOf } from "../readers/buckets";
import { claimType, documentsOf } from "../readers/document-sources";
import { at, number } from "../readers/values";
import { localStacks, type ResourceRule } from "../rule";

export const objectStoreType = "kubernetes:ceph.rook.io/v1:CephObjectStore";
export const objectUserType = "kubernetes:ceph.rook.io/v1:CephObjectStoreUser";

export const rgwSecurePort: ResourceRule = {
  id: "rgw-secure-port",
  group: "encryption",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  type: objectStoreType,
  settings: localStacks,
  demands: "A CephObjectStore listens on securePort with a certificate, and on no plain port.",
  reason: "RGW leaves aws:SecureTransport out of plain requests, so a policy can hardly refuse them: the port must not be there.",
  fix: "Set gateway.securePort and gateway.sslCertificateRef, and leave gateway.port out.",
  *check(store, { local }) {
    if (local) return;
    const port = number(at(store.props, "spec.gateway.port"));
    if (number(at(store.props, "spec.gateway.securePort")) === undefined) yield "spec.gateway.securePort is not set";
    if (port !== undefined && port !== 0) yield `spec.gateway.port opens ${port} for plain http`;
    if (!at(store.props, "spec.gateway.sslCertificateRef") && !at(store.props, "spec.gateway.service.annotations")) {
      yield "spec.gateway.sslCertificateRef is not set";
    }
  },
};

export const cephTlsCondition: ResourceRule = {
  id: "ceph-tls-condition",
  group: "encryption",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  demands: "On Ceph a Deny for plain http asks by BoolIfExists.",
  reason: "Ceph sets aws:SecureTransport only when it is true. Bool compares what is absent with nothing, so the usual Deny never fires.",
  fix: 'Write {"BoolIfExists": {"aws:SecureTransport": "false"}}.',
  *check(resource) {
    if (resource.type !== claimType && storeOf(resource) === "aws") return;
    for (const document of documentsOf(resource)) {
      for (const statement of document.statements) {
        if (statement.allows) continue;
        for (const { operator, key } of statement.conditions) {
          if (key === "aws:securetransport" && operator !== "boolifexists")
            yield `${document.path}: ${statement.label} asks for aws:SecureTransport by ${operator}`;
        }
      }
    }
  },
};

export const cephNoPublicAccessBlock: ResourceRule = {
  id: "ceph-no-public-access-block",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: part.publicAccess,
  demands: "A bucket on Ceph, at Hetzner or elsewhere but AWS has no public access block.",
  reason: "With BlockPublicAcls Ceph denies every upload, the owner's too, and BlockPublicPolicy refuses policies that name users.",
  fix: "Leave the block out there: a bucket without ACLs and with named principals is not public.",
  *check(block) {
    if (storeOf(block) === "aws") return;
    for (const flag of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"]) {
      if (at(block.props, flag) === true) yield `${flag} is on`;
    }
  },
};

export const rgwUserCapabilities: ResourceRule = {
  id: "rgw-user-no-capability",
  group: "least privilege",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  type: objectUserType,
  demands: "A CephObjectStoreUser has no admin capability.",
  reason: "Capabilities reach past every bucket policy: with users: read a workload may read everybody's keys.",
  fix: "Remove spec.capabilities; a bucket policy grants what the workload needs.",
  *check(user) {
    const capabilities = at(user.props, "spec.capabilities");
    if (typeof capabilities !== "object" || capabilities === null) return;
    for (const [name, permission] of Object.entries(capabilities))
      if (permission) yield `spec.capabilities.${name} is ${String(permission)}`;
  },
};

export const storageClassRetains: ResourceRule = {
  id: "bucket-class-retains",
  group: "data safety",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  type: "kubernetes:storage.k8s.io/v1:StorageClass",
  settings: localStacks,
  demands: "A storage class for buckets has reclaimPolicy Retain.",
  reason: "With Delete, which is the default, removing a claim purges every object of its bucket at once.",
  fix: "Set reclaimPolicy: Retain.",
  *check(storageClass, { local }) {
    const provisioner = String(at(storageClass.props, "provisioner") ?? "");
    if (local || !/\/bucket$/.test(provisioner)) return;
    if (at(storageClass.props, "reclaimPolicy") !== "Retain")
      yield `reclaimPolicy is ${String(at(storageClass.props, "reclaimPolicy") ?? "left out, which means Delete")}`;
  },
  remediate(props) {
    if (!/\/bucket$/.test(String(props.provisioner)) || props.reclaimPolicy === "Retain") return false;
    props.reclaimPolicy = "Retain";
    return true;
  },
};

export const poolsPreserved: ResourceRule = {
  id: "ceph-pools-preserved",
  group: "data safety",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: objectStoreType,
  settings: localStacks,
  demands: "A CephObjectStore keeps its pools when it is deleted.",
  reason: "Otherwise Rook deletes the pools, and with them the objects of every bucket, as soon as the resource is gone.",
  fix: "Set preservePoolsOnDelete: true.",
  *check(store, { local }) {
    if (!local && at(store.props, "spec.preservePoolsOnDelete") !== true) yield "spec.preservePoolsOnDelete is not true";
  },
};
