import type { PreviewResult } from "../../support/preview";

/** What a resource is registered with, for tests that know its form. */
export type Inputs = Record<string, never>;
export const inputsOf = (result: PreviewResult, name: string) => result.resource(name).inputs as Inputs;
