// Resources as packs get to see them.
import type { AnalyzeRequest, AnalyzerProviderResource, AnalyzerResource, AnalyzerResourceOptions } from "@pulumi/pulumi/proto/analyzer_pb";
import { toStruct } from "../wire/structs";
import { analyzer } from "../wire/stubs";
import { holds, isObject, marks, type Properties, signature, unknown, type Value } from "../wire/values";
import type { Resource } from "./resource";

const known = new WeakMap<Properties, AnalyzeRequest>();

/** One resource with its inputs, as remediations get it: what the engine keeps among the inputs for itself is part of it. */
export function remediateRequest(resource: Resource, provider: Resource | undefined): AnalyzeRequest {
  return request(resource, provider, packValues(resource.inputs));
}

/** The same for checks, without what is the engine's. Where that makes no difference, both are put into bytes only once. */
export function analyzeRequest(resource: Resource, provider: Resource | undefined): AnalyzeRequest {
  return request(resource, provider, withoutInternal(packValues(resource.inputs)));
}

function request(resource: Resource, provider: Resource | undefined, inputs: Properties): AnalyzeRequest {
  const made = known.get(inputs);
  if (made) return made;
  const message = new analyzer.AnalyzeRequest();
  message.setUrn(resource.urn);
  message.setType(resource.type);
  message.setName(resource.name);
  message.setProperties(toStruct(inputs));
  message.setOptions(options(resource));
  if (provider) message.setProvider(providerResource(provider));
  const bytes = message.serializeBinary();
  message.serializeBinary = () => bytes;
  known.set(inputs, message);
  return message;
}

/** One resource of the finished stack with its outputs. */
export function stackResource(resource: Resource, provider: Resource | undefined): AnalyzerResource {
  const message = new analyzer.AnalyzerResource();
  message.setUrn(resource.urn);
  message.setType(resource.type);
  message.setName(resource.name);
  message.setProperties(toStruct(withoutInternal(packValues(resource.outputs))));
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
  message.setProperties(toStruct(withoutInternal(packValues(provider.inputs))));
  return message;
}

/** Packs know no references to resources: they get the id, or the URN of what has none. Without references it is the same object. */
export function packValues(properties: Properties): Properties {
  return holds(properties, marks.resource) ? (withoutReferences(properties) as Properties) : properties;
}

function withoutReferences(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (!isObject(value)) return value;
  if (value[signature] === marks.resource) return value.id === "" ? unknown : (value.id ?? value.urn ?? unknown);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutReferences(inner)]));
}

function withoutInternal(properties: Properties): Properties {
  if (!Object.keys(properties).some(isInternal)) return properties;
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !isInternal(key)));
}

const isInternal = (key: string) => key.startsWith("__");
