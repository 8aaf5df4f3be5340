import type { Problem } from "../../config/problems";
import { partitionOf } from "../access/aws";
import { AwsNames } from "../aws/names";
import { awsObjectsChecks } from "./aws-objects";
import { type Check, forKind, purposesOf, unknownNames, when, workloadNames } from "./check";

/** `arn:partition:service:region:account:…`. */
function arnParts(arn: string) {
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  return { partition, region, account };
}

const account = forKind("aws", ({ region, accountId, administrators, deployers, permissionsBoundary, encryption, alarms }) => {
  const wanted = partitionOf(region);
  const foreign = (path: string, arn: string | undefined, regional: boolean): Problem[] => {
    if (!arn) return [];
    const parts = arnParts(arn);
    return [
      ...when(parts.partition !== wanted, path, () => `found ${arn}; in ${region} ARNs begin with arn:${wanted}:`),
      ...when(
        parts.account !== accountId && parts.account !== "aws",
        path,
        () => `found a name from account ${parts.account}; this stack is in ${accountId}`,
      ),
      ...when(
        regional && parts.region !== region,
        path,
        () => `found a name from ${parts.region || "no region"}; the buckets are in ${region}`,
      ),
    ];
  };
  return [
    ...administrators.flatMap((arn, i) => foreign(`storage.administrators[${i}]`, arn, false)),
    ...deployers.flatMap((arn, i) => foreign(`storage.deployers[${i}]`, arn, false)),
    ...foreign("storage.permissionsBoundary", permissionsBoundary, false),
    ...foreign("storage.encryption.keyArn", encryption.keyArn, true),
    ...foreign("storage.alarms.topic", alarms?.topic, true),
  ];
});

const identity = forKind("aws", ({ identity, region }) => {
  if (identity.kind !== "irsa") return [];
  const { issuer, audience } = identity;
  const issuerRegion = /^oidc\.eks\.([a-z0-9-]+)\.amazonaws\.com/.exec(issuer)?.[1];
  return [
    ...when(
      /[*?]/.test(audience),
      "storage.identity.audience",
      () => `found ${audience}; roles are pinned to one audience, such as sts.amazonaws.com`,
    ),
    ...when(
      issuerRegion !== undefined && partitionOf(issuerRegion) !== partitionOf(region),
      "storage.identity.issuer",
      () => `found an issuer in ${issuerRegion}; roles for buckets in ${region} are in another partition of AWS and don't trust it`,
    ),
  ];
});

/** IAM takes 64 characters. */
const roleNames = forKind("aws", (storage, facts) => {
  const names = workloadNames(facts).map((workload) => new AwsNames(storage).role(workload));
  const [longest = ""] = names.sort((a, b) => b.length - a.length);
  return when(
    longest.length > 64,
    "storage.bucketPrefix",
    () => `makes the role name ${longest}, which has ${longest.length} characters, and a role's name takes 64`,
  );
});

/** Names that Granary gives to roles of its own. */
const reservedRoles = forKind("aws", ({ grants }) =>
  grants.flatMap(({ workload }, i) =>
    when(
      workload === "replication",
      `storage.grants[${i}].workload`,
      () => "found replication, which is the role that copies objects; take another name",
    ),
  ),
);

const logging = forKind("aws", (storage, facts) => {
  const { accessLogs } = storage;
  const own = purposesOf(facts).map((purpose) => new AwsNames(storage).bucket(purpose));
  return [
    ...when(
      accessLogs.bucket !== undefined && own.includes(accessLogs.bucket),
      "storage.accessLogs.bucket",
      () => `found ${accessLogs.bucket}, one of the buckets that are logged: each log would cause the next`,
    ),
    ...when(
      !accessLogs.enabled && accessLogs.bucket !== undefined,
      "storage.accessLogs.bucket",
      () => "leave it out where accessLogs.enabled is false",
    ),
  ];
});

const alarms = forKind("aws", ({ alarms }, facts) =>
  alarms ? unknownNames("storage.alarms.quotas", Object.keys(alarms.quotas), purposesOf(facts), "bucket") : [],
);

export const awsChecks: readonly Check[] = [account, identity, roleNames, reservedRoles, ...awsObjectsChecks, logging, alarms];
