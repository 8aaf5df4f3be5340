// What lies in the store after a day, and what it costs to ask about it.
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { day } from "./push";

export interface Stored {
  readonly objects: number;
  readonly bytes: number;
}

export async function stored(client: S3Client, Bucket: string): Promise<Stored> {
  let [objects, bytes] = [0, 0];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: "fake/", ContinuationToken }));
    for (const { Size = 0 } of page.Contents ?? []) {
      objects++;
      bytes += Size;
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return { objects, bytes };
}

/** As people ask about a day: a needle in one program's lines, rates over everything, the newest lines of a quiet program. */
const questions = (from: number) => {
  const range = { start: `${from}000000`, end: `${from + day}000000` };
  return [
    { query: '{app="busy-3"} |= "no-such-request"', limit: "100", ...range },
    { query: 'sum by (level) (count_over_time({namespace=~".+"} | json level="level" [30m]))', step: "1800", ...range },
    { query: '{app="bursty-7"}', limit: "1000", ...range },
  ];
};

/** By a Loki that has asked for nothing yet, so that every answer comes from the store. */
export async function ask(endpoint: string, from: number): Promise<number> {
  const began = performance.now();
  for (const question of questions(from)) {
    const answer = await fetch(`${endpoint}/loki/api/v1/query_range?${new URLSearchParams(question)}`);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }
  return (performance.now() - began) / 1000;
}
