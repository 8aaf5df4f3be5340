import { CreateBucketCommand, GetObjectCommand, ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { ceph, kubernetes, loki, moto, node, seaweedfs } from "./servers";
import { probeImage } from "./servers/images";
import { startLokiOnDisk } from "./support/disk-loki";
import { eventually } from "./support/eventually";
import { lokiClient } from "./support/loki-client";
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
      await expect(client.send(new ListBucketsCommand({}))).rejects.toThrow(/ECONNREFUSED|socket hang up/);
    });
  });
}

describeReal("Kubernetes by itself", [kubernetes], () => {
  it("keeps an object, finishes the deletion of a namespace, and stops", async () => {
    const cluster = await kubernetes.start();
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "field" } };
    const { client } = cluster;
    try {
      await client.apply(namespace);
      const map = await client.apply({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "crop", namespace: "field" },
        data: { a: "rye" },
      });
      expect((await client.get(map))?.data).toEqual({ a: "rye" });
      await client.remove(namespace);
      const gone = await eventually(
        () => client.get(namespace),
        (found) => found === undefined,
      );
      expect(gone).toBeUndefined();
    } finally {
      await cluster.stop();
    }
    await expect(client.get(namespace)).rejects.toThrow(/ECONNREFUSED/);
  });
});

describeReal("Node by itself", [node], () => {
  it("runs a pod, and stops", async () => {
    const server = await node.start({ images: [probeImage()] });
    const name = { namespace: "default", name: "probe" };
    try {
      await server.client.apply({
        apiVersion: "v1",
        kind: "Pod",
        metadata: name,
        spec: { containers: [{ name: "probe", image: probeImage().name, args: ["serve", ":8080"] }] },
      });
      await server.kubectl("wait", "--for=condition=Ready", "pod/probe", "--timeout=120s");
      expect(await server.exec(name, "/probe", "get", "http://localhost:8080/")).toMatch(/^200 probe from /);
    } finally {
      await server.stop();
    }
    await expect(server.client.request("GET", "/readyz")).rejects.toThrow(/ECONNREFUSED/);
  });
});

describeReal("Loki by itself", [loki], () => {
  it("answers for a line, and stops", async () => {
    const server = await startLokiOnDisk();
    const client = lokiClient(server.endpoint);
    try {
      await client.push({ app: "granary" }, ["a line"]);
      expect(await client.query('{app="granary"}')).toEqual(["a line"]);
    } finally {
      await server.stop();
    }
    expect(server.running()).toBe(false);
    await expect(client.metrics()).rejects.toThrow(/fetch failed/);
  });
});

describeReal("A server that can't start", [loki], () => {
  it("says why, with the end of its log", async () => {
    await expect(loki.start({ configuration: () => "no_such_key: true\n" })).rejects.toThrow(/exit code 1.*no_such_key.*The whole log: /s);
  });
});
