// Type tokens that the tables name often.
export const types = {
  bucket: "aws:s3/bucket:Bucket",
  bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
  encryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  versioning: "aws:s3/bucketVersioning:BucketVersioning",
  lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  publicAccess: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  replication: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
  trail: "aws:cloudtrail/trail:Trail",
  key: "aws:kms/key:Key",
  role: "aws:iam/role:Role",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  association: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  vpcEndpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
  claim: "kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim",
  objectStore: "kubernetes:ceph.rook.io/v1:CephObjectStore",
  objectUser: "kubernetes:ceph.rook.io/v1:CephObjectStoreUser",
  dynamicBucket: "pulumi-nodejs:dynamic/granary:S3Bucket",
  storageClass: "kubernetes:storage.k8s.io/v1:StorageClass",
  release: "kubernetes:helm.sh/v3:Release",
  configMap: "kubernetes:core/v1:ConfigMap",
  secret: "kubernetes:core/v1:Secret",
  namespace: "kubernetes:core/v1:Namespace",
  networkPolicy: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  ciliumPolicy: "kubernetes:cilium.io/v2:CiliumNetworkPolicy",
  externalSecret: "kubernetes:external-secrets.io/v1:ExternalSecret",
  secretStore: "kubernetes:external-secrets.io/v1:SecretStore",
  tempoStack: "kubernetes:tempo.grafana.com/v1alpha1:TempoStack",
  datasource: "kubernetes:grafana.integreatly.org/v1beta1:GrafanaDatasource",
  clusterRole: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  clusterRoleBinding: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  deployment: "kubernetes:apps/v1:Deployment",
  stack: "pulumi:pulumi:Stack",
} as const;

/** Not the stack that is declared local. */
export const notLocal = /^(?!local)/;
export const loki = { type: types.release, name: /logs-release$/ } as const;
export const tempo = { type: types.release, name: /traces-release$/ } as const;
export const alloy = { type: types.release, name: /collection-node$/ } as const;
export const alloyText = { type: types.configMap, name: /collection-node-configuration$/ } as const;
export const datasources = { type: types.configMap, name: /datasources/ } as const;
