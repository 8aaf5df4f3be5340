import { CreateBucketCommand, GetObjectCommand, ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { ceph, moto, seaweedfs } from "./servers";
import { s3 } from "./support/s3";
import { describeReal } from "./support/suite";

// Each server starts, does what it is there for, and stops: after that its port is silent.

const stores = [
  { server: ceph, start: () => ceph.start({}) },
  { server: seaweedfs, start: () => seaweedfs.start({ users: [] }) },
  { server: moto, start: () => moto.start() },
];

for (const { server, start } of stores) {
  describeReal(`${server.name} by itself`, [server], () => {
    it("keeps an object and stops", async () => {
      const store = await start();
      const client = s3(store.endpoint, store.credentials);
      try {
        await client.send(new CreateBucketCommand({ Bucket: "grain" }));
        await client.send(new PutObjectCommand({ Bucket: "grain", Key: "a/b", Body: "rye" }));
        const read = await client.send(new GetObjectCommand({ Bucket: "grain", Key: "a/b" }));
        expect(await read.Body?.transformToString()).toBe("rye");
      } finally {
        await store.stop();
      }
      await expect(client.send(new ListBucketsCommand({}))).rejects.toThrow(/ECONNREFUSED/);
    });
  });
}
