import { z } from "zod";
import { duration } from "../fields";

/** How Helm installs and updates one room's charts. `timeout` describes the room's default. */
export const releaseSchema = (timeout: string) =>
  z
    .strictObject({
      timeout: duration()
        .optional()
        .describe(
          `How long Helm waits for all pods to be ready. ${timeout} Raise it where images or volumes come slowly. Example: \`30m\`.`,
        ),
      wait: z
        .boolean()
        .default(true)
        .describe(
          "Waits until all pods are ready, so that `up` fails when they are not. Set it to false to update while pods cannot become ready, for example to repair the store that they need.",
        ),
      atomic: z
        .boolean()
        .default(false)
        .describe(
          "Undoes an update that fails: a first installation is uninstalled, a later one is rolled back. It is off because pods and events that show the cause are lost, and the next `up` tries again anyway. Needs `wait`.",
        ),
    })
    .prefault({});
