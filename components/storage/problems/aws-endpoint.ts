// The VPC endpoint that Granary makes, held against the networks that may be reached and the buckets that pass it anyway.
import type { Problem } from "../../config/problems";
import { AwsNames } from "../aws/names";
import { at, type Check, forKind, purposesOf } from "./check";

/** Networks that the internet doesn't know. */
const privateNetworks: readonly (readonly [string, number])[] = [
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
];

const numberOf = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

function isPrivate(cidr: string): boolean {
  const [address = "", length = ""] = cidr.split("/");
  return privateNetworks.some(([network, bits]) => {
    const size = 2 ** (32 - bits);
    return Number(length) >= bits && Math.floor(numberOf(address) / size) === Math.floor(numberOf(network) / size);
  });
}

/** A gateway endpoint is a route: S3 keeps its public addresses, and network policies see those. */
const reachable = forKind("aws", ({ vpcEndpoint, egress, region }): Problem[] => {
  if (vpcEndpoint?.kind !== "made" || !egress.every(isPrivate)) return [];
  return [
    at(
      "storage.egress",
      `found ${egress.join(", ")}, private alone; the gateway endpoint that is made leaves S3 at its public addresses, and network policies would open none of them: add those that \`aws ec2 describe-prefix-lists --region ${region} --filters Name=prefix-list-name,Values=com.amazonaws.${region}.s3\` lists`,
    ),
  ];
});

const others = forKind("aws", (storage, facts): Problem[] => {
  const { vpcEndpoint } = storage;
  if (vpcEndpoint?.kind !== "made") return [];
  const names = new AwsNames(storage);
  const own = new Set([...purposesOf(facts).map((purpose) => names.bucket(purpose)), ...names.serviceBuckets]);
  return vpcEndpoint.others.flatMap(({ bucket }, i) =>
    own.has(bucket)
      ? [at(`storage.vpcEndpoint.others[${i}].bucket`, `found ${bucket}, a bucket of this stack: storage.grants says who else reaches it`)]
      : [],
  );
});

export const awsEndpointChecks: readonly Check[] = [reachable, others];
