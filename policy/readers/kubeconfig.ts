// A provider's `kubeconfig`: the path of a file, nothing, or the text itself.
import { at, type Fields, fields, isFields, knownOf, list, peek } from "./values";
import { readYaml } from "./yaml";

/** What logs a user in. Paths of files, client certificates and commands without an environment do not. */
const secretFields = ["token", "password", "client-key-data", "auth-provider"];

/** The path of a file holds no credentials, and neither does an empty text. A text that can't be read counts as if it did. */
export function holdsCredentials(kubeconfig: unknown): boolean {
  if (isFields(kubeconfig)) return hasSecretFields(kubeconfig);
  if (typeof kubeconfig !== "string") return true;
  if (isPath(kubeconfig)) return false;
  const { value, problem } = readYaml(kubeconfig);
  return problem !== undefined || !isFields(value) || hasSecretFields(value);
}

/** Kubeconfigs are maps, in YAML of several lines or in JSON. A list of paths, as KUBECONFIG takes it, is a path here. */
const isPath = (text: string): boolean => !/[\n{]/.test(text);

const hasSecretFields = (kubeconfig: Fields): boolean =>
  knownOf(list(peek(kubeconfig, "users")), (entry) => [logsIn(fields(at(entry, "user")))]).includes(true);

const logsIn = (user: Fields): boolean => secretFields.some((name) => user[name] !== undefined) || list(at(user, "exec.env")).length > 0;
