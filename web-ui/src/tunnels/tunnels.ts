import { call, segment } from "../api/call";
import { listOptions, type Reference } from "../api/list";

/** A byte channel between a person or task and an agent, live. */
export interface Tunnel {
  id: string;
  epoch: number;
  state: "opening" | "open";
  resource: Reference;
  user: Reference;
  /** The task that opened it in the user's name. */
  task?: string | null;
  agent: Reference;
  bridge: string | null;
  openedAt: string;
  bytesFromClient?: number | null;
  bytesFromAgent?: number | null;
}

const PATH = "/tunnels";
const POLL_MILLIS = 2_000;

export const TUNNELS_KEY = [PATH];

export const tunnelsList = listOptions<Tunnel>(PATH, {}, { pollMillis: POLL_MILLIS });

/** Asks the bridge to end a tunnel; it does within two seconds. */
export function closeTunnel(id: string): Promise<void> {
  return call<void>(`${PATH}/${segment(id)}`, { method: "DELETE" });
}
