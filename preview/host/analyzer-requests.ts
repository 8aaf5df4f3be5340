// Resources as packs get to see them.
import type { AnalyzeRequest, AnalyzerProviderResource, AnalyzerResource, AnalyzerResourceOptions } from "@pulumi/pulumi/proto/analyzer_pb";
import { analyzer } from "../wire/stubs";
import { toStruct } from "../wire/values";
import type { Resource } from "./resource";

/** One resource with its inputs, before anything is done with it. */
export function analyzeRequest(resource: Resource, provider: Resource | undefined): AnalyzeRequest {
  const request = new analyzer.AnalyzeRequest();
  request.setUrn(resource.urn);
  request.setType(resource.type);
  request.setName(resource.name);
  request.setProperties(toStruct(resource.inputs));
  request.setOptions(options(resource));
  if (provider) request.setProvider(providerResource(provider));
  return request;
}

/** One resource of the finished stack with its outputs. */
export function stackResource(resource: Resource, provider: Resource | undefined): AnalyzerResource {
  const message = new analyzer.AnalyzerResource();
  message.setUrn(resource.urn);
  message.setType(resource.type);
  message.setName(resource.name);
  message.setProperties(toStruct(resource.outputs));
  message.setOptions(options(resource));
  if (provider) message.setProvider(providerResource(provider));
  message.setParent(resource.parent ?? "");
  message.setDependenciesList([...resource.dependencies]);
  for (const [property, urns] of resource.propertyDependencies) {
    if (urns.length === 0) continue;
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

function options(resource: Resource): AnalyzerResourceOptions {
  const message = new analyzer.AnalyzerResourceOptions();
  message.setProtect(resource.protect);
  message.setIgnorechangesList([...resource.ignoreChanges]);
  if (resource.deleteBeforeReplace !== undefined) {
    message.setDeletebeforereplace(resource.deleteBeforeReplace);
    message.setDeletebeforereplacedefined(true);
  }
  message.setAdditionalsecretoutputsList([...resource.additionalSecretOutputs]);
  message.setAliasesList([...resource.aliases]);
  const timeouts = new analyzer.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(resource.timeouts.create);
  timeouts.setUpdate(resource.timeouts.update);
  timeouts.setDelete(resource.timeouts.delete);
  timeouts.setRead(resource.timeouts.read);
  message.setCustomtimeouts(timeouts);
  message.setParent(resource.parent ?? "");
  return message;
}

function providerResource(provider: Resource): AnalyzerProviderResource {
  const message = new analyzer.AnalyzerProviderResource();
  message.setUrn(provider.urn);
  message.setType(provider.type);
  message.setName(provider.name);
  message.setProperties(toStruct(provider.inputs));
  return message;
}
