// A resource's life as the engine asks for it: check, diff, create, read, update, delete.
import { isDeepStrictEqual } from "node:util";
import { unary } from "../../../../../preview/wire/rpc";
import { fromStruct, toStruct } from "../../../../../preview/wire/structs";
import { Empty, provider } from "../../../../../preview/wire/stubs";
import { isObject, type Properties, type Value } from "../../../../../preview/wire/values";
import type { Answers } from "../serve-plugin";
import type { ResourceType } from "./provider";

type Requests = {
  [Name in "Check" | "Diff" | "Create" | "Read" | "Update" | "Delete"]: InstanceType<(typeof provider)[`${Name}Request`]>;
};

export function lifeOf<Client>(types: Readonly<Record<string, ResourceType<Client>>>, configured: () => Promise<Client>): Answers {
  const typeOf = (urn: string): ResourceType<Client> => {
    const token = typeToken(urn);
    const type = types[token];
    if (!type) throw new Error(`this stand-in has no ${token}; it has ${Object.keys(types).sort().join(", ")}`);
    return type;
  };
  return {
    check: unary((request: Requests["Check"]) => {
      typeOf(request.getUrn());
      return new provider.CheckResponse().setInputs(request.getNews());
    }),

    diff: unary((request: Requests["Diff"]) => {
      const { replacedBy, update } = typeOf(request.getUrn());
      const changed = changedKeys(fromStruct(request.getOldInputs()), fromStruct(request.getNews()));
      const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
      const response = new provider.DiffResponse().setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE).setDiffsList(changed);
      return response.setReplacesList(update ? changed.filter((key) => replacedBy.includes(key)) : changed);
    }),

    create: unary(async (request: Requests["Create"]) => {
      const inputs = fromStruct(request.getProperties());
      // In a preview, outputs that are left out are unknown.
      if (request.getPreview()) return new provider.CreateResponse().setProperties(toStruct(inputs));
      const { id, outputs } = await typeOf(request.getUrn()).create(await configured(), inputs);
      return new provider.CreateResponse().setId(id).setProperties(toStruct({ ...inputs, ...outputs }));
    }),

    read: unary(async (request: Requests["Read"]) => {
      const state = fromStruct(request.getProperties());
      const found = await typeOf(request.getUrn()).read(await configured(), request.getId(), state);
      const response = new provider.ReadResponse();
      // Without an id the resource is gone.
      if (!found) return response;
      const inputs = fromStruct(request.getInputs());
      const now = (before: Properties, keys: readonly string[]) =>
        Object.fromEntries(keys.map((key) => [key, same(before[key], found[key]) ? (before[key] ?? null) : (found[key] ?? null)]));
      response.setId(request.getId());
      response.setProperties(toStruct({ ...state, ...now(state, Object.keys(found)) }));
      const read = Object.keys(found).filter((key) => key in inputs);
      return response.setInputs(toStruct({ ...inputs, ...now(inputs, read) }));
    }),

    update: unary(async (request: Requests["Update"]) => {
      const [news, olds] = [fromStruct(request.getNews()), fromStruct(request.getOlds())];
      const dropped = Object.keys(fromStruct(request.getOldInputs())).filter((key) => !(key in news));
      const kept = Object.fromEntries(Object.entries(olds).filter(([key]) => !dropped.includes(key)));
      if (!request.getPreview()) await typeOf(request.getUrn()).update?.(await configured(), request.getId(), news, olds);
      return new provider.UpdateResponse().setProperties(toStruct({ ...kept, ...news }));
    }),

    delete: unary(async (request: Requests["Delete"]) => {
      await typeOf(request.getUrn()).delete(await configured(), request.getId(), fromStruct(request.getProperties()));
      return new Empty();
    }),
  };
}

/** `urn:pulumi:stack::project::parent$type::name`. */
const typeToken = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

function changedKeys(olds: Properties, news: Properties): string[] {
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((key) => !key.startsWith("__"));
  return keys.filter((key) => !isDeepStrictEqual(olds[key], news[key])).sort();
}

/** Documents are the same when they mean the same: services write JSON in their own way. */
function same(before: Value | undefined, now: Value | undefined): boolean {
  return isDeepStrictEqual(parsed(before), parsed(now));
}

function parsed(value: Value | undefined): unknown {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return isObject(value) ? withoutEmpty(value) : value;
  return JSON.parse(value);
}

const withoutEmpty = (value: Properties): Properties =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null && entry !== ""));
