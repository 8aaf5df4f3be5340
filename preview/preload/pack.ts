// What only packs need beyond preload/sdk.ts.
import { createRequire } from "node:module";
import { readMessagesOnce } from "./read-once";

readMessagesOnce(createRequire(process.env.GRANARY_SDK ?? __filename));
