import { useSyncExternalStore } from "react";

/**
 * Whether changes come by themselves: `live` while the stream of events is open, `away` while it is being opened again,
 * `starting` before the first try has ended.
 */
export type Connection = "starting" | "live" | "away";

let connection: Connection = "starting";
const listeners = new Set<() => void>();

export function setConnection(next: Connection): void {
  if (next === connection) {
    return;
  }
  connection = next;
  for (const listener of listeners) {
    listener();
  }
}

export function currentConnection(): Connection {
  return connection;
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, currentConnection);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
