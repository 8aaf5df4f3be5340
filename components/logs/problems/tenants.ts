// Who the tenants are, and how the gateway knows them.
import { problemsBelow } from "../../config/problems-below";
import { isPasswordHash } from "../gateway";
import { type Check, when } from "./check";

const tenantsOwn = problemsBelow("granary:tenants");

/** A value that may be a password typed by mistake is not repeated. */
const gatewayKnowsTenants: Check = ({ gateway }, { tenants }) => {
  const wrong = tenants.flatMap(({ passwordHash }, i) =>
    tenantsOwn.when(
      passwordHash !== undefined && !isPasswordHash(passwordHash),
      `[${i}].passwordHash`,
      () => "is not a bcrypt hash; make one with `htpasswd -nbBC 10 <tenant> <password>` and take what follows the colon",
    ),
  );
  const hashed = tenants.filter(({ passwordHash }) => passwordHash !== undefined);
  if (!gateway.enabled) return wrong;
  if (gateway.existingSecret)
    return [
      ...wrong,
      ...when(
        hashed.length > 0,
        ".gateway.existingSecret",
        () => "excludes tenants' passwordHash: either the Secret says who may come in, or the hashes do",
      ),
    ];
  const unknown = tenants.flatMap(({ passwordHash }, i) =>
    tenantsOwn.when(
      passwordHash === undefined,
      `[${i}].passwordHash`,
      () =>
        "is missing: the gateway must know every tenant by its password's hash, or logs.gateway.existingSecret name a Secret that does, or logs.gateway.enabled be false",
    ),
  );
  return [...wrong, ...unknown];
};

/** Objects that belong to nobody lie beside the tenants' own; `fake` and `single-tenant` stand for everybody. */
const reservedNames: ReadonlySet<string> = new Set(["fake", "index", "rules", "single-tenant"]);

const tenantsAreDistinct: Check = (_, { tenants }) =>
  tenants.flatMap(({ name }, i) => {
    const path = `[${i}].name`;
    if (reservedNames.has(name))
      return [tenantsOwn.at(path, `found ${name}, which Loki and Tempo use for objects of their own; choose another`)];
    const isTaken = tenants.findIndex((tenant) => tenant.name === name) < i;
    return tenantsOwn.when(isTaken, path, () => `found ${name}, which is there already`);
  });

export const tenantChecks: readonly Check[] = [tenantsAreDistinct, gatewayKnowsTenants];
