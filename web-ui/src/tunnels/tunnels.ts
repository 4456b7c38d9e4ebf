import { call } from "../api/call";
import { listOptions } from "../api/list";
import type { Schemas } from "../api/operations";

/** A byte channel between a person or task and an agent, live. */
export type Tunnel = Schemas["TunnelView"];

const POLL_MILLIS = 2_000;

export const TUNNELS_KEY = ["/tunnels"];

export const tunnelsList = listOptions("GET /tunnels", {}, { pollMillis: POLL_MILLIS });

/** Asks the bridge to end a tunnel; it does within two seconds. */
export function closeTunnel(id: string): Promise<void> {
  return call("DELETE /tunnels/{id}", { path: { id } });
}
