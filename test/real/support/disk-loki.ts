// The program's Loki on plain disk: what needs Loki, but no store.
import { lokiConfig } from "../../../components/logs/config";
import { diskBinding, lokiInput } from "../../logs/fixture";
import { type Loki, loki } from "../servers";
import { localLoki } from "./local-loki";

export function startLokiOnDisk(): Promise<Loki> {
  const text = lokiConfig(lokiInput({}, [], { chunks: diskBinding, ruler: diskBinding }));
  return loki.start({ configuration: (place) => localLoki(text, place) });
}
