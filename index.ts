// Load the configuration, make one Platform of it, hand out what others need to know. Nothing else belongs here.
import { loadConfig } from "./components/config/load";
import { Platform } from "./components/platform";

const platform = new Platform("granary", loadConfig());

export const logs = platform.logs;
export const traces = platform.traces;
export const buckets = platform.buckets;
