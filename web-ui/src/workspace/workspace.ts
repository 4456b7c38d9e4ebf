import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call";
import type { Schemas } from "../api/operations";

/** How many queued tasks of the workspace run at once, over all its queues. */
export type Quota = Schemas["WorkspaceQuota"];

const POLL_MILLIS = 5_000;

export const QUOTA = { least: 1, most: 100_000 };

export const quotaQuery = queryOptions({
  queryKey: ["/quota"],
  queryFn: ({ signal }) => call("GET /quota", { signal }),
  refetchInterval: POLL_MILLIS,
});

/** @param queuedTasks the most at once; undefined for no limit */
export function setQuota(queuedTasks: number | undefined): Promise<Quota> {
  return call("PUT /quota", { body: { queuedTasks } });
}
