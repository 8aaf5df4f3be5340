import type { Mutation } from "../harness";
import { access } from "./access";
import { cluster } from "./cluster";
import { data } from "./data";
import { encryption } from "./encryption";
import { identities } from "./identities";
import { lifecycles } from "./lifecycles";
import { namesOfTypes } from "./names-of-types";
import { network } from "./network";
import { secretsAndSupply } from "./secrets-and-supply";
import { storesAndProjects } from "./stores";
import { transport } from "./transport";

export const mutations: readonly Mutation[] = [
  ...encryption,
  ...transport,
  ...access,
  ...identities,
  ...storesAndProjects,
  ...cluster,
  ...network,
  ...data,
  ...lifecycles,
  ...secretsAndSupply,
  ...namesOfTypes,
];
