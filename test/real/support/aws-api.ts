// Calls to AWS's query APIs on moto, which reads the name of the service from the signature's scope and checks nothing else before it is told to.
import type { Keys, Moto } from "../servers";

export async function query(moto: Pick<Moto, "endpoint">, service: "iam" | "sts", parameters: Record<string, string>): Promise<string> {
  const answer = await fetch(moto.endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: new URLSearchParams({ Version: service === "iam" ? "2010-05-08" : "2011-06-15", ...parameters }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`moto answered ${parameters.Action} with ${answer.status}: ${text}`);
  return text;
}

const element = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";

export interface SessionKeys extends Keys {
  readonly sessionToken: string;
}

/** As a pod does it: a token of its service account for the role's keys. */
export async function assumeWithToken(moto: Moto, roleArn: string): Promise<SessionKeys> {
  const xml = await query(moto, "sts", {
    Action: "AssumeRoleWithWebIdentity",
    RoleArn: roleArn,
    RoleSessionName: "pod",
    WebIdentityToken: "token",
  });
  return {
    accessKeyId: element(xml, "AccessKeyId"),
    secretAccessKey: element(xml, "SecretAccessKey"),
    sessionToken: element(xml, "SessionToken"),
  };
}
