// As much of an S3 server as one bucket's settings need, with a refusal where a test asks for one.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export class SmallS3 {
  /** What the bucket holds under `policy`, `lifecycle`, `object` and so on; undefined while there is no bucket. */
  bucket: Map<string, string> | undefined;
  /** The next time that this is put, it is refused. */
  refuses: string | undefined;
  /** Takes reads and denies all else, as a store does to a key that may only read. */
  isReadOnly = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SmallS3> {
    const server = createServer();
    const store = new SmallS3(server);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { pathname, searchParams } = new URL(`http://s3${request.url}`);
        const named = [...searchParams.keys()].find((key) => key !== "x-id");
        const part = named ?? (pathname.split("/").filter(Boolean).length > 1 ? "object" : "");
        const { status, body = "" } = store.answer(request.method ?? "", part, Buffer.concat(chunks).toString());
        response.writeHead(status).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return store;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(method: string, part: string, body: string): { status: number; body?: string } {
    if (this.isReadOnly && method !== "GET" && method !== "HEAD") return failure(403, "AccessDenied");
    if (method === "PUT" && part === "") {
      this.bucket = new Map();
      return { status: 200 };
    }
    if (!this.bucket) return failure(404, "NoSuchBucket");
    if (part === "") {
      if (method === "DELETE") this.bucket = undefined;
      return { status: 200 };
    }
    if (part === "acl") return { status: 200, body: "<AccessControlPolicy><Owner><ID>p1234567</ID></Owner></AccessControlPolicy>" };
    if (method === "PUT" && this.refuses === part) {
      this.refuses = undefined;
      return part === "object" ? failure(403, "QuotaExceeded") : failure(400, "MalformedPolicy");
    }
    if (method === "PUT") this.bucket.set(part, body);
    if (method === "DELETE") this.bucket.delete(part);
    const kept = this.bucket.get(part);
    if (method !== "GET" || kept !== undefined) return { status: 200, body: method === "GET" ? (kept ?? "") : "" };
    return part === "versioning" ? { status: 200, body: "<VersioningConfiguration/>" } : failure(404, absent[part] ?? "NotFound");
  }
}

const absent: Readonly<Record<string, string>> = { policy: "NoSuchBucketPolicy", lifecycle: "NoSuchLifecycleConfiguration" };

const failure = (status: number, code: string) => ({ status, body: `<Error><Code>${code}</Code></Error>` });
