// The processes of a platform on this machine, by the file in which its launcher keeps them.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Asks a part to leave, as an update does; the launcher starts it again. */
export function drain(part) {
  const home = process.env.BASCULE_HOME ?? fileURLToPath(new URL("../../.bascule", import.meta.url));
  const processes = JSON.parse(readFileSync(`${home}/processes.json`, "utf8"));
  const { pid } = processes.findLast(({ name }) => name === part) ?? {};
  if (!pid) {
    throw new Error(`${part} does not run in ${home}; BASCULE_HOME names the folder of another platform`);
  }
  process.kill(pid, "SIGTERM");
}
