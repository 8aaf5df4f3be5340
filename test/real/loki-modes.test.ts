import { afterEach, beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { componentName, runningComponents } from "../../components/logs/topology";
import { lokiInput } from "../logs/fixture";
import { stackSettings } from "../storage/support/stack";
import { expectOk, previewStack } from "../support/preview";
import { type Ceph, ceph, type Loki, type LokiPlace, loki } from "./servers";
import { makeCephStack } from "./support/ceph-stack";
import { type Line, now, push, read, type Stream, seconds, text } from "./support/lines";
import { localLoki } from "./support/local-loki";
import { describeReal } from "./support/suite";

// The programs of a mode side by side, each as the chart starts it, from one configuration text: do they find one another?
describeReal("Loki's programs on Ceph", [ceph, loki], () => {
  let store: Ceph;
  const running = new Map<string, { readonly loki: Loki; readonly place: LokiPlace }>();

  beforeAll(async () => {
    store = await ceph.shared();
  });
  afterEach(async () => {
    for (const { loki: one } of running.values()) await one.kill().catch(() => undefined);
    running.clear();
  });

  /** Whoever is asked by others comes first; a name of a service becomes the address of the program behind it. */
  const order = [
    "index-gateway",
    "compactor",
    "ingester",
    "pattern-ingester",
    "query-scheduler",
    "backend",
    "write",
    "distributor",
    "querier",
    "read",
  ];

  interface Program {
    readonly text: string;
    readonly env: Readonly<Record<string, string>>;
  }

  async function startAll(mode: string, prefix: string): Promise<Program> {
    const storage = { ...(stackSettings("dev").storage as object), bucketPrefix: prefix };
    const dev = await expectOk(previewStack("dev", { config: { "granary:storage": storage, "granary:logs": { mode } } }));
    const { values } = dev.resource("granary-logs-release").inputs as { values: { loki: { config: string } } };
    const stack = await makeCephStack(store, dev);
    const { accessKeyId, secretAccessKey } = await stack.keys(`${prefix}-loki`);
    const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const names = runningComponents(lokiInput({ mode }).config).map(componentName);
    const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
    for (const name of [...names].sort((a, b) => place(a) - place(b))) {
      let own: LokiPlace | undefined;
      const started = await loki.start({
        configuration: (given) => {
          own = given;
          return together(values.loki.config, given, name);
        },
        env,
        args: [`-target=${name}`],
      });
      if (own) running.set(name, { loki: started, place: own });
    }
    return { text: values.loki.config, env };
  }

  function together(program: string, place: LokiPlace, name: string): string {
    const given = parse(program);
    const local = parse(localLoki(program, place, { endpoint: store.tlsEndpoint, caFile: store.caFile }));
    // `dns+loki-backend-headless.observability.svc.cluster.local:9095`: its first word is the program's name.
    const found = (address: string): string => {
      const [, target = ""] = /loki-([a-z-]+?)(?:-headless)?\./.exec(address) ?? [];
      const there = target === name ? place : running.get(target)?.place;
      if (!there) throw new Error(`${name} asks for ${address} before it runs`);
      return address.startsWith("http:") ? `http://127.0.0.1:${there.httpPort}` : `127.0.0.1:${there.grpcPort}`;
    };
    local.common.ring = { ...given.common.ring, instance_id: name };
    local.common.compactor_grpc_address = ["backend", "compactor"].some((one) => running.has(one))
      ? found(given.common.compactor_grpc_address)
      : `127.0.0.1:${place.grpcPort}`;
    local.memberlist = {
      ...given.memberlist,
      bind_addr: ["127.0.0.1"],
      advertise_addr: "127.0.0.1",
      bind_port: place.gossipPort,
      advertise_port: place.gossipPort,
      node_name: name,
      join_members: [place, ...[...running.values()].map((one) => one.place)].map(({ gossipPort }) => `127.0.0.1:${gossipPort}`),
    };
    local.ingester.lifecycler = { id: name };
    const gateway = given.storage_config.tsdb_shipper.index_gateway_client;
    if (gateway) local.storage_config.tsdb_shipper.index_gateway_client = { server_address: found(gateway.server_address) };
    if (given.frontend_worker && name !== "query-scheduler" && running.has("query-scheduler")) {
      local.frontend_worker = { scheduler_address: found(given.frontend_worker.scheduler_address) };
      local.frontend.scheduler_address = found(given.frontend.scheduler_address);
    }
    if (given.frontend.tail_proxy_url && running.has("querier")) local.frontend.tail_proxy_url = found(given.frontend.tail_proxy_url);
    return stringify(local);
  }

  const endpoint = (name: string): string => running.get(name)?.loki.endpoint ?? "";

  it.each([
    { mode: "simple-scalable", into: "write", holder: "write", from: "read" },
    { mode: "distributed", into: "distributor", holder: "ingester", from: "query-frontend" },
  ])("$mode: lines go in at one end and come out at the other, from memory and from the bucket", async ({ mode, into, holder, from }) => {
    const program = await startAll(mode, mode);
    const stream: Stream = { tenant: undefined, labels: { app: mode } };
    const begin = now() - seconds(60);
    const lines = Array.from({ length: 2000 }, (_, i): Line => ({ time: begin + BigInt(i) * 1_000_000n, text: text(stream, i) }));
    await push(endpoint(into), stream, lines);
    const expected = lines.map((line) => line.text);
    expect(await read(endpoint(from), stream, begin, now())).toEqual(expected);
    // The writer stops and hands all over: from now on only the bucket and the index have them.
    const writer = running.get(holder);
    running.delete(holder);
    await writer?.loki.stop();
    const again = await loki.start({
      configuration: (place) => localLoki(program.text, place, { endpoint: store.tlsEndpoint, caFile: store.caFile }),
      env: program.env,
    });
    try {
      expect(await read(again.endpoint, stream, begin, now())).toEqual(expected);
    } finally {
      await again.kill();
    }
    console.log(`${mode}: ${holder} and ${[...running.keys()].join(", ")}; ${lines.length} lines pushed and read back`);
  });
});
