// The way from a VPC to S3 that doesn't touch the internet, and the only one to the objects of these buckets.
import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account";

/** Its id: known where it is there already, unknown in a preview where Granary makes it. */
export function vpcEndpointId({ name, config, provider, parent }: Account): pulumi.Input<string> | undefined {
  const { vpcEndpoint, region, bucketPrefix } = config;
  if (!vpcEndpoint) return undefined;
  if (vpcEndpoint.kind === "existing") return vpcEndpoint.id;
  // No endpoint policy: everything else in the VPC reaches its buckets, and its images' layers, the same way.
  const endpoint = new ec2.VpcEndpoint(
    `${name}-vpc-endpoint`,
    {
      vpcId: vpcEndpoint.vpcId,
      serviceName: `com.amazonaws.${region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: vpcEndpoint.routeTableIds,
      tags: { Name: `${bucketPrefix}-s3` },
    },
    { parent, provider },
  );
  return endpoint.id;
}
