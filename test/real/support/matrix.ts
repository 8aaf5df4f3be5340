// Who can do what: every operation tried for real by everyone, held against the grants, and drawn as a table that a person can read.
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { type GrantRow, isGranted } from "../../storage/support/added-grants";

export interface Target {
  readonly purpose: string;
  readonly bucket: string;
}

export interface MatrixArgs {
  readonly actors: Readonly<Record<string, S3Client>>;
  readonly targets: readonly Target[];
  /** Prefixes in each bucket; an object lies under each. */
  readonly prefixes: readonly string[];
  readonly grants: readonly GrantRow[];
  /** Puts things back that an operation may have taken away. */
  readonly keeper: S3Client;
  /** As it is: an operation that may write it writes the same. */
  policyOf(bucket: string): string;
}

interface Operation {
  readonly title: string;
  /** The action that allows it; undefined where no workload may ever do it. */
  readonly action?: string;
  /** Without a prefix it concerns the whole bucket. */
  send(client: S3Client, bucket: string, prefix: string, policy: string): Promise<unknown>;
}

const harmless = { Rules: [{ ID: "matrix", Status: "Enabled" as const, Filter: { Prefix: "matrix/" }, Expiration: { Days: 3650 } }] };

const onObjects: readonly Operation[] = [
  { title: "Get", action: "read", send: (c, Bucket, p) => c.send(new GetObjectCommand({ Bucket, Key: `${p}object` })) },
  { title: "Put", action: "write", send: (c, Bucket, p) => c.send(new PutObjectCommand({ Bucket, Key: `${p}put`, Body: "put" })) },
  { title: "Delete", action: "delete", send: (c, Bucket, p) => c.send(new DeleteObjectCommand({ Bucket, Key: `${p}victim` })) },
  { title: "List", action: "list", send: (c, Bucket, p) => c.send(new ListObjectsV2Command({ Bucket, Prefix: p })) },
];

const onBuckets: readonly Operation[] = [
  { title: "List", action: "list", send: (c, Bucket) => c.send(new ListObjectsV2Command({ Bucket })) },
  { title: "GetBucketPolicy", send: (c, Bucket) => c.send(new GetBucketPolicyCommand({ Bucket })) },
  { title: "PutBucketPolicy", send: (c, Bucket, _p, Policy) => c.send(new PutBucketPolicyCommand({ Bucket, Policy })) },
  {
    title: "PutLifecycle",
    send: (c, Bucket) => c.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: harmless })),
  },
  { title: "DeleteBucket", send: (c, Bucket) => c.send(new DeleteBucketCommand({ Bucket })) },
];

export interface Cell {
  readonly actor: string;
  readonly target: string;
  readonly operation: string;
  readonly expected: boolean;
  readonly allowed: boolean;
}

export async function accessMatrix(args: MatrixArgs): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const { purpose, bucket } of args.targets) {
    for (const prefix of args.prefixes)
      for (const name of ["object", "victim"])
        await args.keeper.send(new PutObjectCommand({ Bucket: bucket, Key: prefix + name, Body: name }));
    for (const [actor, client] of Object.entries(args.actors)) {
      const expected = (operation: Operation, prefix: string) => isGranted(args.grants, actor, purpose, prefix, operation.action);
      const tried = async (operation: Operation, prefix: string) => {
        const call = operation.send(client, bucket, prefix, args.policyOf(bucket));
        const target = `${bucket}/${prefix}`;
        cells.push({ actor, target, operation: operation.title, expected: expected(operation, prefix), allowed: await isAllowed(call) });
      };
      for (const prefix of args.prefixes) for (const operation of onObjects) await tried(operation, prefix);
      for (const operation of onBuckets) await tried(operation, "");
    }
  }
  return cells;
}

/** Any answer but a refusal of access means that the store would have done it: an unempty bucket, a key that is not there. */
async function isAllowed(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    if (name === "AccessDenied" || $metadata?.httpStatusCode === 403) return false;
    if ($metadata?.httpStatusCode !== undefined) return true;
    throw error;
  }
}

export const wrongCells = (cells: readonly Cell[]): string[] =>
  cells
    .filter(({ expected, allowed }) => expected !== allowed)
    .map(({ actor, operation, target, allowed }) => `${actor} ${allowed ? "can" : "cannot"} ${operation} ${target}`);

/** `yes` where allowed, `-` where refused, with `!` where the grants say otherwise. */
export function drawMatrix(title: string, cells: readonly Cell[]): string {
  const columns = [...new Set([...onObjects, ...onBuckets].map((operation) => operation.title))];
  const rows = [...new Set(cells.map(({ actor, target }) => `${actor} ${target}`))];
  const lines = rows.map((row) => [
    row,
    ...columns.map((column) => {
      const cell = cells.find(({ actor, target, operation }) => `${actor} ${target}` === row && operation === column);
      if (!cell) return "";
      return `${cell.allowed ? "yes" : "-"}${cell.expected === cell.allowed ? "" : " !"}`;
    }),
  ]);
  const table = [["", ...columns], ...lines];
  const widths = columns.map((_, i) => Math.max(...table.map((line) => (line[i + 1] ?? "").length)));
  const first = Math.max(...rows.map((row) => row.length));
  const text = table.map((line) =>
    [line[0]?.padEnd(first), ...line.slice(1).map((cell, i) => cell.padEnd(widths[i] ?? 0))].join("  ").trimEnd(),
  );
  const right = cells.filter(({ expected, allowed }) => expected === allowed).length;
  return `${title}: ${right} of ${cells.length} as granted\n${text.join("\n")}\n`;
}
