// Every rule of the pack, in the order in which it is documented.
import type { Rule } from "../rule";
import * as accessDocuments from "./access-documents";
import * as awsBuckets from "./aws-buckets";
import { keyNotRushed, keyRotation, providerTls, trailEncrypted } from "./aws-keys";
import * as bucketPolicies from "./bucket-policies";
import * as ceph from "./ceph";
import { ciliumNarrow } from "./cilium";
import * as durability from "./durability";
import * as keys from "./keys";
import * as lifecycles from "./lifecycles";
import { noBroadManagedPolicy } from "./managed-policies";
import { secretInputsMarked } from "./marked-secrets";
import * as network from "./network";
import * as pods from "./pods";
import * as rbac from "./rbac";
import { retentionSet } from "./retention";
import * as secrets from "./secrets";
import * as supplyChain from "./supply-chain";
import { telemetryTls } from "./telemetry";
import { tempoStackPolicies } from "./tempostack";
import * as transport from "./transport";
import { pinnedTrust } from "./trust";
import { endpointNarrow } from "./vpc-endpoints";

export const rules: readonly Rule[] = [
  awsBuckets.customerKey,
  awsBuckets.bucketKey,
  awsBuckets.sseCustomerBlocked,
  bucketPolicies.tlsOnly,
  awsBuckets.replicaEncrypted,
  keyRotation,
  trailEncrypted,
  providerTls,
  ceph.rgwSecurePort,
  ceph.cephTlsCondition,
  transport.objectStoreTls,
  telemetryTls,
  transport.tempoStackTls,
  transport.secretStoreTls,
  transport.configurationReadable,

  accessDocuments.documentValid,
  accessDocuments.noWildcardAction,
  accessDocuments.noWildcardResource,
  accessDocuments.noInverseAllow,
  accessDocuments.namedPrincipals,
  accessDocuments.noBucketAdministration,
  noBroadManagedPolicy,
  pinnedTrust,
  awsBuckets.publicAccessBlocked,
  awsBuckets.ownerEnforced,
  endpointNarrow,
  ceph.cephNoPublicAccessBlock,
  ceph.rgwUserCapabilities,
  bucketPolicies.projectKeysNarrowed,
  keys.notTheOwnersKey,
  keys.oneKeyOneWorkload,
  rbac.noClusterAdmin,
  rbac.noWildcards,
  rbac.noSecretsWide,
  pods.restricted,
  pods.namespaceEnforces,
  network.defaultDeny,
  network.egressNarrow,
  network.ingressNarrow,
  ciliumNarrow,
  tempoStackPolicies,

  durability.protectedData,
  durability.protectedVolumes,
  durability.noForceDestroy,
  ceph.storageClassRetains,
  ceph.poolsPreserved,
  keyNotRushed,
  awsBuckets.versioned,
  lifecycles.oneLifecycle,
  lifecycles.lifecycleReadable,
  lifecycles.lokiPrefix,
  lifecycles.outlivesRetention,
  lifecycles.readableClasses,
  lifecycles.noncurrentExpire,
  lifecycles.uploadsAborted,
  retentionSet,

  secrets.notInChartValues,
  secrets.notInConfigMaps,
  secrets.notInCommands,
  secrets.notInEnvironment,
  secrets.notInMetadata,
  secrets.notInOutputs,
  secretInputsMarked,

  supplyChain.chartPinned,
  supplyChain.imagePinned,
  supplyChain.lokiNotAffected,
  supplyChain.registryAllowed,
  supplyChain.valuesVisible,
];
