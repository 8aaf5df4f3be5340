// SeaweedFS checks an upload that is signed in chunks twice: by the bucket's policy, then by the user's own policies alone
// (seaweedfs/seaweedfs#7986). Loki's and Tempo's client signs in chunks over plain HTTP and has no setting against it. Without this check
// `up` succeeds, pods are ready, and nothing is stored.
import type { S3Client } from "@aws-sdk/client-s3";
import type { BucketInputs } from "./desired";
import { allowsUploads, uploadersOf } from "./uploaders";

type Answer = { readonly status: number; readonly text: string };
type Ask = (action: string, parameters: Readonly<Record<string, string>>) => Promise<Answer>;

/** Fails when SeaweedFS lacks a user that the bucket's policy allows to upload, or shows no policy of that user that allows it as well. */
export async function refuseUsersWithoutUploads(client: S3Client, inputs: BucketInputs): Promise<void> {
  const ask = asker(client, inputs.managementEndpoint ?? inputs.endpoint, inputs.region);
  const absent: string[] = [];
  const lacking: string[] = [];
  for (const { user, resources } of uploadersOf(inputs.policy)) {
    const policies = await policiesOf(ask, user);
    if (policies === "no such user") absent.push(`SeaweedFS has no user ${user}`);
    if (typeof policies === "string" || inputs.endpoint.startsWith("https://")) continue;
    const missing = resources.filter((resource) => !allowsUploads(policies, resource));
    if (missing.length > 0) lacking.push(`SeaweedFS shows no policy of its user ${user} that allows s3:PutObject on ${missing.join(", ")}`);
  }
  if (absent.length + lacking.length === 0) return;
  const why = lacking.length > 0 ? ". Over plain HTTP it checks uploads by the user's own policies, not only by the bucket's" : "";
  const next = 'docs/stores.md, "Users on SeaweedFS", has the commands; then run pulumi up again';
  throw new Error(`${[...absent, ...lacking].join("; ")}${why}. ${next}`);
}

/** A key that may not read users, or a store without IAM's API, leaves the question open: that is no reason to stop. */
async function policiesOf(ask: Ask, user: string): Promise<string[] | "no such user" | "unknown"> {
  const UserName = user;
  const found = await ask("GetUser", { UserName });
  if (found.status === 404 && found.text.includes("NoSuchEntity")) return "no such user";
  const groups = await ask("ListGroupsForUser", { UserName });
  if (found.status !== 200 || valuesOf(groups.text, "GroupName").length > 0) return "unknown";
  const own = valuesOf((await ask("ListUserPolicies", { UserName })).text, "member");
  const attached = valuesOf((await ask("ListAttachedUserPolicies", { UserName })).text, "PolicyArn");
  const documents = [
    ...own.map((PolicyName) => ask("GetUserPolicy", { UserName, PolicyName })),
    ...attached.map((PolicyArn) => ask("GetPolicyVersion", { PolicyArn, VersionId: "v1" })),
  ];
  const texts = (await Promise.all(documents)).map(({ text }) => text);
  return texts.flatMap((text) => [...valuesOf(text, "PolicyDocument"), ...valuesOf(text, "Document")]);
}

/** SeaweedFS answers IAM's API on the port of its S3. */
function asker(client: S3Client, endpoint: string, region: string): Ask {
  const url = new URL("/", endpoint);
  return async (action, parameters) => {
    const body = new URLSearchParams({ Action: action, Version: "2010-05-08", ...parameters }).toString();
    const request = {
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port ? { port: Number(url.port) } : {}),
      path: "/",
      query: {},
      headers: { host: url.host, "content-type": "application/x-www-form-urlencoded" },
      body,
    };
    const { headers } = await (await client.config.signer()).sign(request, { signingRegion: region });
    const answer = await fetch(url, { method: "POST", headers, body });
    return { status: answer.status, text: await answer.text() };
  };
}

const entities: Readonly<Record<string, string>> = { "&#34;": '"', "&quot;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&" };

const valuesOf = (xml: string, tag: string): string[] =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, "g"))].map(([, value = ""]) =>
    value.replace(/&[#a-z0-9]+;/g, (entity) => entities[entity] ?? entity),
  );
