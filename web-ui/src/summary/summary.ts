import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call";
import { pollInterval } from "../api/list";
import type { Schemas } from "../api/operations";

/** How much the workspace holds. */
export type Summary = Schemas["Summary"];

const POLL_MILLIS = 10_000;

export const summaryQuery = queryOptions({
  queryKey: ["/summary"],
  queryFn: ({ signal }) => call("GET /summary", { signal }),
  refetchInterval: () => pollInterval({ pollMillis: POLL_MILLIS, announced: true }),
});

/** How many agents there are that are not revoked. */
export function agentCount({ agents }: Summary): number {
  return agents.online + agents.offline + agents.neverJoined + agents.unknown;
}
