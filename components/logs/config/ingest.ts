// From a line's arrival to its object: ring, write-ahead log and chunks.
import { goDuration } from "../../config/units";
import type { Plain } from "../../text/yaml";
import { idleOf } from "../derived";
import type { LokiInput } from "../input";
import { paths } from "../paths";
import { flushBackoff } from "../shutdown";
import { memoryMebibytes, sizing } from "../sizes";
import { addresses, replicationFactor, writer } from "../topology";

/** A single program has nobody to gossip with. */
const alone = ({ config }: LokiInput): boolean => config.mode === "monolithic" && sizing(config, "monolithic").replicas === 1;

export function commonConfig(input: LokiInput): Plain {
  const { config, namespace } = input;
  return {
    compactor_grpc_address: addresses(config.mode, namespace).compactor,
    path_prefix: paths.data,
    replication_factor: replicationFactor(config),
    ring: { kvstore: { store: alone(input) ? "inmemory" : "memberlist" } },
  };
}

export function memberlistConfig(input: LokiInput): Plain | undefined {
  if (alone(input)) return undefined;
  const { config, namespace } = input;
  return {
    // Pods of another Loki or Tempo that inherit an address must not join.
    cluster_label: `${namespace}-loki`,
    join_members: [addresses(config.mode, namespace).memberlist],
    max_join_backoff: "1m",
    max_join_retries: 10,
    min_join_backoff: "1s",
    rejoin_interval: "90s",
  };
}

/** What the write-ahead log may fill while it is replayed: the program's memory, less a quarter for its own needs. */
function replayCeiling({ config }: LokiInput): string {
  return `${Math.max(64, Math.floor(memoryMebibytes(config, writer(config.mode)) * 0.75))}MB`;
}

export function ingesterConfig(input: LokiInput): Plain {
  const { chunks } = input.config;
  const copies = replicationFactor(input.config);
  return {
    // Removes dead ingesters from the ring. A single one has none to remove, and Loki would log a warning about that every 15 seconds.
    autoforget_unhealthy: !alone(input),
    chunk_block_size: 512 * 1024,
    chunk_encoding: chunks.encoding,
    // A stream without chunks is forgotten, and counts its lines from one when it comes back. Until the next two checkpoints Loki would take those
    // lines for ones it knows when it replays the log after a crash, and drop them. So streams are remembered for longer than that takes.
    chunk_retain_period: "15m",
    chunk_idle_period: goDuration(idleOf(input.config)),
    chunk_target_size: chunks.targetSize.bytes,
    flush_op_backoff: flushBackoff,
    flush_op_timeout: "10m",
    max_chunk_age: goDuration(chunks.age),
    // Copies that are cut at the same moment have the same name and are stored once. A single copy need not be cut for that.
    ...(copies === 1
      ? { sync_period: "0s" }
      : { sync_min_utilization: 0.3, sync_period: goDuration({ seconds: Math.ceil(chunks.age.seconds / 2) }) }),
    wal: {
      checkpoint_duration: "5m",
      dir: `${paths.data}/wal`,
      disk_full_threshold: 0.9,
      enabled: true,
      // A restart would replay the log, but a pod that never comes back would not: scaled down, moved to another mode, its volume lost.
      // And a replay drops the latest lines of streams that have just come back (see chunk_retain_period).
      flush_on_shutdown: true,
      replay_memory_ceiling: replayCeiling(input),
    },
  };
}
