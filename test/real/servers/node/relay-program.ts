// `relay-program.ts PORT`: takes a listening socket from its parent and connects each client to PORT on its own loopback.
// The socket stays in the namespace that it was opened in, so that clients come from there while connections go out here.
import { connect, type Server, type Socket } from "node:net";

const [port] = process.argv.slice(2).map(Number);

function relay(near: Socket): void {
  const far = connect(port ?? 0, "127.0.0.1");
  near.pipe(far).pipe(near);
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.setNoDelay(true);
    one.on("error", () => other.destroy());
    one.on("close", () => other.destroy());
  }
}

process.once("message", (_, listener) => {
  (listener as Server).on("connection", relay);
});
process.send?.("waiting");
