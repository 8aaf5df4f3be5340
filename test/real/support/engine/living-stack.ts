// One of the project's stacks, brought up by a real engine on a control plane of its own with its own store. Pods run on paper.
import { expectOk, type PreviewResult, previewStack } from "../../../support/preview";
import {
  type ChartServer,
  EngineProject,
  engine,
  type Kubernetes,
  kubernetes,
  passphrase,
  type Requirement,
  serveCharts,
  startPaperNode,
  startPaperOperators,
  testData,
} from "../../servers";
import type { Turns } from "../../servers/engine/turns";
import { newFolder } from "../../servers/run/run";
import { installDefinitionsOf } from "../definitions";
import { startedSoFar } from "../started";
import { chartHosts } from "./chart-hosts";
import { madeByHand } from "./made-by-hand";
import { type StackName, type StackStore, startStore, storeNeeds } from "./stores";

export interface LivingStack {
  readonly project: EngineProject;
  readonly cluster: Kubernetes;
  readonly store: StackStore;
  /** What the offline preview has of it. */
  readonly offline: PreviewResult;
  /** Known before the first `up`: keys, the API server's token, the passphrase. */
  readonly secrets: readonly string[];
  stop(): Promise<void>;
}

export const stackNeeds = (stack: StackName): readonly Requirement[] => [engine, kubernetes, testData("crds"), ...storeNeeds[stack]];

/** What of the cluster is there from the beginning. */
export interface ClusterParts {
  readonly definitions?: boolean;
  readonly operators?: boolean;
}

/** What the user creates before the first `up`, and a node on paper; its turns are to be stopped. */
export async function prepareCluster(stack: StackName, { client }: Kubernetes): Promise<Turns> {
  for (const object of madeByHand(stack)) await client.apply(object);
  return startPaperNode(client);
}

export async function startStack(stack: StackName, { definitions = true, operators = true }: ClusterParts = {}): Promise<LivingStack> {
  const offline = await expectOk(previewStack(stack));
  const { keep, endWith, stop } = startedSoFar();
  const starting = [
    keep(kubernetes.start()),
    keep(startStore[stack](offline)),
    keep(serveCharts(chartHosts(offline), newFolder("charts"))),
  ] as const;
  try {
    const [cluster, store, charts]: [Kubernetes, StackStore, ChartServer] = await Promise.all(starting);
    if (definitions) await installDefinitionsOf(offline, cluster);
    await keep(prepareCluster(stack, cluster));
    if (operators) await keep(startPaperOperators(cluster.client));
    const project = new EngineProject({
      stack,
      environment: { KUBECONFIG: cluster.kubeconfig, ...charts.environment, ...store.environment },
      wrapper: store.wrapper,
    });
    endWith(() => project.remove());
    project.configure(store.settings);
    await project.init();
    return {
      project,
      cluster,
      store,
      offline,
      secrets: [passphrase, cluster.credentials.token ?? "", ...store.secrets].filter(Boolean),
      stop,
    };
  } catch (error) {
    await Promise.allSettled(starting);
    await stop();
    throw error;
  }
}
