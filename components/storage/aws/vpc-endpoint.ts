// The way from a VPC to S3 that doesn't touch the internet, and the only one to the objects of these buckets.
import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { render } from "../access";
import { type EndpointPolicyArgs, endpointPolicy } from "../access/aws-endpoint";
import { Gathered } from "../gather";
import type { Grant } from "../store";
import type { Account } from "./account";
import type { AwsConfig } from "./names";

type Made = Extract<AwsConfig["vpcEndpoint"], { kind: "made" }>;
type Served = EndpointPolicyArgs["buckets"][number];

export class VpcEndpoint {
  private readonly served = new Gathered<Served>();
  /** Known where it is there already, unknown in a preview where Granary makes it. */
  readonly id: pulumi.Input<string> | undefined;

  constructor(private readonly account: Account) {
    const { vpcEndpoint } = account.config;
    if (vpcEndpoint) this.id = vpcEndpoint.kind === "existing" ? vpcEndpoint.id : this.make(vpcEndpoint).id;
  }

  /** Lets those who hold grants through to this bucket. */
  serve(bucket: string, grants: readonly Grant[]): void {
    const { names } = this.account;
    const roles = grants.map(({ workload }) => names.roleArn(workload.name));
    this.served.add({ bucket, roles, actions: grants.flatMap(({ actions }) => actions) });
  }

  private make(settings: Made): ec2.VpcEndpoint {
    const { name, config, names, provider, parent } = this.account;
    const { region, bucketPrefix, administrators, deployers } = config;
    const { vpcId, routeTableIds, imageLayers, others } = settings;
    const { partition, serviceBuckets } = names;
    const fixed = { partition, region, serviceBuckets, administrators, deployers, imageLayers, others };
    return new ec2.VpcEndpoint(
      `${name}-vpc-endpoint`,
      {
        vpcId,
        serviceName: `com.amazonaws.${region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds,
        policy: this.served.as((buckets) => render(endpointPolicy({ ...fixed, buckets }))),
        tags: { Name: `${bucketPrefix}-s3` },
      },
      { parent, provider },
    );
  }
}
