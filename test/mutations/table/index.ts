import type { Mutation } from "../harness";
import { access } from "./access";
import { data } from "./data";
import { encryption } from "./encryption";
import { identities } from "./identities";
import { secretsAndSupply } from "./secrets-and-supply";

export const mutations: readonly Mutation[] = [...encryption, ...access, ...identities, ...data, ...secretsAndSupply];
