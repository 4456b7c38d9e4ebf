import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call";
import { listOptions } from "../api/list";
import type { Schemas } from "../api/operations";
import type { TextAndLabels } from "../look/SearchWithLabels";

/** A program at one location that dials out; it may run as several instances. */
export type Agent = Schemas["AgentView"];

/** What a person says about an agent. */
export type AgentDraft = Schemas["AgentCreate"];

/** Lets one program join as an agent, once. Shown only when it is created. */
export type JoinToken = Schemas["AgentCreatedToken"];

const PATH = "/agents";
const POLL_MILLIS = 4_000;
const WAITING_POLL_MILLIS = 1_500;

export const AGENTS_KEY = [PATH];

/** Those to choose from. */
export const AGENT_STATES = ["online", "offline", "never-joined"] as const satisfies readonly Agent["state"][];

export interface AgentFilter extends TextAndLabels {
  state?: (typeof AGENT_STATES)[number];
}

export function agentsList({ q, label, state }: AgentFilter) {
  return listOptions("GET /agents", { q, label, state }, { pollMillis: POLL_MILLIS });
}

/** The names to choose from where an agent is asked for. */
export const agentNames = queryOptions({
  queryKey: [PATH, "names"],
  queryFn: ({ signal }) => call("GET /agents", { query: { limit: 100 }, signal }),
  select: ({ items }) => items.filter(({ state }) => state !== "revoked").map(({ name }) => name),
});

/** One agent, read again and again until it is online. */
export function agentUntilOnline(idOrName: string) {
  return queryOptions({
    queryKey: [PATH, "one", idOrName],
    queryFn: ({ signal }) => call("GET /agents/{idOrName}", { path: { idOrName }, signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === "online" ? false : WAITING_POLL_MILLIS),
  });
}

export function createAgent(draft: AgentDraft): Promise<Agent> {
  return call("POST /agents", { body: draft });
}

export function createJoinToken(idOrName: string): Promise<JoinToken> {
  return call("POST /agents/{idOrName}/join-tokens", { path: { idOrName }, body: {} });
}

export function revokeAgent(id: string): Promise<void> {
  return call("DELETE /agents/{idOrName}", { path: { idOrName: id } });
}

/** The bridges that any instance of the agent is connected to, each once. */
export function bridgesOf({ instances }: Agent): string[] {
  return [...new Set(instances.flatMap(({ bridges }) => bridges))].sort();
}
