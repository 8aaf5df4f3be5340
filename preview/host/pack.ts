import { basename } from "node:path";
import * as grpc from "@grpc/grpc-js";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeDiagnostic, AnalyzeRequest, AnalyzeResponse, AnalyzerInfo, RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { PreviewFailure } from "../failure";
import { call, channelOptions } from "../wire/rpc";
import { fromStruct, toStruct } from "../wire/structs";
import { analyzer, AnalyzerClient as Client, Empty } from "../wire/stubs";
import type { Properties } from "../wire/values";
import { analyzeRequest, remediateRequest, stackResource } from "./analyzer-requests";
import { type Level, levels, reconcile } from "./pack-config";
import type { PackProcess, PackSpec } from "./pack-process";
import type { Resource } from "./resource";

export interface Finding {
  pack: string;
  policy: string;
  level: Level;
  urn: string;
  message: string;
}

export interface PackSummary {
  name: string;
  policies: number;
}

/** A policy pack in a process of its own, spoken to as the engine does. */
export class Pack {
  private client: AnalyzerClient | undefined;
  private info: AnalyzerInfo | undefined;

  constructor(
    readonly spec: PackSpec,
    private readonly started: PackProcess,
  ) {}

  async ready(): Promise<void> {
    const port = await this.started.port.catch((error: Error) => {
      throw this.failure(error.message);
    });
    this.client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), channelOptions);
    this.info = await this.ask("its description", (client) =>
      call<InstanceType<typeof Empty>, AnalyzerInfo>(client.getAnalyzerInfo.bind(client), new Empty()),
    );
    await this.configureStack();
    await this.configure(this.info);
  }

  /** What remediations make of the inputs. */
  async remediate(resource: Resource, provider: Resource | undefined): Promise<{ inputs: Properties; findings: Finding[] }> {
    const response = await this.ask(resource.urn, (client) =>
      call<AnalyzeRequest, RemediateResponse>(client.remediate.bind(client), remediateRequest(resource, provider)),
    );
    const findings: Finding[] = [];
    let { inputs } = resource;
    for (const remediation of response.getRemediationsList()) {
      const note = remediation.getDiagnostic();
      const common = { pack: remediation.getPolicypackname(), policy: remediation.getPolicyname(), urn: resource.urn };
      if (note) findings.push({ ...common, level: "advisory", message: note });
      else {
        inputs = fromStruct(remediation.getProperties());
        findings.push({ ...common, level: "remediate", message: `remediated: ${remediation.getDescription()}` });
      }
    }
    return { inputs, findings };
  }

  /** The checks of one resource. */
  async analyze(resource: Resource, provider: Resource | undefined): Promise<Finding[]> {
    const request = analyzeRequest(resource, provider);
    const response = await this.ask(resource.urn, (client) => call<AnalyzeRequest, AnalyzeResponse>(client.analyze.bind(client), request));
    return response.getDiagnosticsList().map((diagnostic) => toFinding(diagnostic, resource.urn));
  }

  async reviewStack(resources: readonly Resource[], stackUrn: string): Promise<Finding[]> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList(resources.map((resource) => stackResource(resource, byUrn.get(resource.provider ?? ""))));
    const response = await this.ask("the stack", (client) =>
      call<typeof request, AnalyzeResponse>(client.analyzeStack.bind(client), request),
    );
    return response
      .getDiagnosticsList()
      .map((diagnostic) => toFinding(diagnostic, byUrn.has(diagnostic.getUrn()) ? diagnostic.getUrn() : stackUrn));
  }

  summary(): PackSummary {
    return { name: this.info?.getName() ?? "", policies: this.info?.getPoliciesList().length ?? 0 };
  }

  stop(): void {
    this.client?.close();
    this.started.release();
  }

  private async configureStack(): Promise<void> {
    const request = new analyzer.AnalyzerStackConfigureRequest();
    request.setStack(this.spec.stack);
    request.setProject(this.spec.project);
    request.setOrganization("organization");
    request.setDryRun(true);
    request.setConfigSecretKeysList([...this.spec.secretKeys]);
    for (const [key, value] of Object.entries(this.spec.stackConfig)) request.getConfigMap().set(key, value);
    await this.ask("the stack's configuration", (client) => call(client.configureStack.bind(client), request)).catch((error: PackError) => {
      if (error.code !== grpc.status.UNIMPLEMENTED) throw error;
    });
  }

  private async configure(info: AnalyzerInfo): Promise<void> {
    if (!info.getSupportsconfig()) return;
    const request = new analyzer.ConfigureAnalyzerRequest();
    for (const [policy, { level, properties }] of reconcile(info, this.spec.config)) {
      const config = new analyzer.PolicyConfig();
      config.setEnforcementlevel(level as Parameters<typeof config.setEnforcementlevel>[0]);
      config.setProperties(toStruct(properties));
      request.getPolicyconfigMap().set(policy, config);
    }
    await this.ask("its configuration", (client) => call(client.configure.bind(client), request));
  }

  private async ask<Response>(about: string, send: (client: AnalyzerClient) => Promise<Response>): Promise<Response> {
    if (!this.client) throw this.failure("it is not running");
    try {
      return await send(this.client);
    } catch (error) {
      const { code, details } = error as grpc.ServiceError;
      // A process that is gone leaves its reason on stderr, which is complete once it is closed.
      if (code === grpc.status.UNAVAILABLE)
        await Promise.race([this.started.child.exited, new Promise((resolve) => setTimeout(resolve, 2000))]);
      throw new PackError(this.text(`asked about ${about}: ${details}`), code);
    }
  }

  private failure(reason: string): PackError {
    return new PackError(this.text(reason));
  }

  private text(reason: string): string {
    const stderr = this.started.child.stderr().trim();
    return `policy pack ${this.info?.getName() ?? basename(this.spec.folder)} failed: ${reason}${stderr ? `\n${stderr}` : ""}`;
  }
}

class PackError extends PreviewFailure {
  constructor(
    message: string,
    readonly code?: grpc.status,
  ) {
    super(message);
  }
}

function toFinding(diagnostic: AnalyzeDiagnostic, urn: string): Finding {
  const level = levels[diagnostic.getEnforcementlevel()] ?? "mandatory";
  return {
    pack: diagnostic.getPolicypackname(),
    policy: diagnostic.getPolicyname(),
    // What a remediation could not mend is a violation like any other.
    level: level === "remediate" ? "mandatory" : level,
    urn,
    message: diagnostic.getMessage(),
  };
}
