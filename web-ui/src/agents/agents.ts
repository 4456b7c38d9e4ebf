import { queryOptions } from "@tanstack/react-query";
import { call, segment } from "../api/call";
import { listOptions, type Page } from "../api/list";

/** A program at one location that dials out; it may run as several instances. */
export interface Agent {
  id: string;
  name: string;
  labels: Record<string, string>;
  state: "never-joined" | "online" | "offline" | "revoked";
  instances: AgentInstance[];
  createdAt: string;
  lastSeenAt: string | null;
}

export interface AgentInstance {
  instance: string;
  /** The bridges it is connected to. */
  bridges: string[];
  version: string | null;
}

/** What a person says about an agent. */
export interface AgentDraft {
  name: string;
  labels: Record<string, string>;
}

/** Lets one program join as an agent, once. Shown only when it is created. */
export interface JoinToken {
  token: string;
  expiresAt: string;
}

const PATH = "/agents";
const POLL_MILLIS = 4_000;
const WAITING_POLL_MILLIS = 1_500;

export const AGENTS_KEY = [PATH];

export const agentsList = listOptions<Agent>(PATH, {}, { pollMillis: POLL_MILLIS });

/** The names to choose from where an agent is asked for. */
export const agentNames = queryOptions({
  queryKey: [PATH, "names"],
  queryFn: ({ signal }) => call<Page<Agent>>(PATH, { query: { limit: 100 }, signal }),
  select: ({ items }) => items.filter(({ state }) => state !== "revoked").map(({ name }) => name),
});

/** One agent, read again and again until it is online. */
export function agentUntilOnline(idOrName: string) {
  return queryOptions({
    queryKey: [PATH, "one", idOrName],
    queryFn: ({ signal }) => call<Agent>(pathOf(idOrName), { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === "online" ? false : WAITING_POLL_MILLIS),
  });
}

export function createAgent(draft: AgentDraft, key: string): Promise<Agent> {
  return call<Agent>(PATH, { method: "POST", body: draft, idempotencyKey: key });
}

export function createJoinToken(idOrName: string, key: string): Promise<JoinToken> {
  return call<JoinToken>(`${pathOf(idOrName)}/join-tokens`, { method: "POST", body: {}, idempotencyKey: key });
}

export function revokeAgent(id: string): Promise<void> {
  return call<void>(pathOf(id), { method: "DELETE" });
}

/** The bridges that any instance of the agent is connected to, each once. */
export function bridgesOf({ instances }: Agent): string[] {
  return [...new Set(instances.flatMap(({ bridges }) => bridges))].sort();
}

function pathOf(idOrName: string): string {
  return `${PATH}/${segment(idOrName)}`;
}
