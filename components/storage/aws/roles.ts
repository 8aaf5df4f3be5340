// One role per workload, which only its own service accounts can take on.
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { type PolicyDocument, render } from "../access";
import { irsaTrust, podIdentityTrust, rolePolicy } from "../access/aws";
import type { Grant, Workload } from "../store";
import type { Account } from "./account";

interface Entry {
  readonly component: pulumi.ComponentResource;
  readonly role: iam.Role;
  readonly ready: pulumi.Resource[];
}

export class Roles {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly account: Account) {}

  of(workload: Workload): Entry {
    const known = this.entries.get(workload.name);
    if (known) return known;
    const { config, names, parent, provider } = this.account;
    const name = `${this.account.name}-${workload.name}-role`;
    const component = new pulumi.ComponentResource("granary:storage:WorkloadRole", name, {}, { parent });
    const opts = { parent: component, provider };
    const { permissionsBoundary, rolePath } = config;
    const role = new iam.Role(
      `${name}-role`,
      {
        name: names.role(workload.name),
        path: rolePath,
        description: `Object storage for ${workload.name} in ${workload.namespace}`,
        assumeRolePolicy: render(this.trust(workload)),
        maxSessionDuration: 3600,
        ...(permissionsBoundary ? { permissionsBoundary } : {}),
      },
      opts,
    );
    const entry = { component, role, ready: [role, ...this.associations(name, workload, role, opts)] };
    this.entries.set(workload.name, entry);
    return entry;
  }

  /** What the workload may do in one bucket. */
  allow(workload: Workload, purpose: string, bucket: string, grants: readonly Grant[]): pulumi.Resource {
    const { component, role } = this.of(workload);
    const { name, config, names, provider } = this.account;
    const own = grants.filter((grant) => grant.workload.name === workload.name);
    const document = rolePolicy(bucket, own, names.partition, config.encryption.keyArn);
    return new iam.RolePolicy(
      `${name}-${workload.name}-${purpose}-policy`,
      { name: bucket, role: role.name, policy: render(document) },
      { parent: component, provider },
    );
  }

  private trust(workload: Workload): PolicyDocument {
    const { config, names } = this.account;
    const { identity, accountId } = config;
    if (identity.kind === "pod-identity") return podIdentityTrust(names.clusterArn(identity.cluster), accountId, workload);
    const { issuer, audience } = identity;
    return irsaTrust({ arn: names.iamArn(`oidc-provider/${issuer}`), issuer, audience }, workload);
  }

  private associations(name: string, workload: Workload, role: iam.Role, opts: pulumi.CustomResourceOptions): pulumi.Resource[] {
    const { identity } = this.account.config;
    if (identity.kind !== "pod-identity") return [];
    const { namespace, serviceAccounts } = workload;
    return serviceAccounts.map(
      (serviceAccount) =>
        new eks.PodIdentityAssociation(
          `${name}-${serviceAccount}`,
          { clusterName: identity.cluster, namespace, serviceAccount, roleArn: role.arn },
          opts,
        ),
    );
  }
}
