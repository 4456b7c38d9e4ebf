import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call";

/** How many queued tasks of the workspace run at once, over all its queues. */
export interface Quota {
  /** The most; missing where there is no such limit. */
  queuedTasks?: number | null;
  queuedTasksRunning: number;
}

const PATH = "/quota";
const POLL_MILLIS = 5_000;

export const QUOTA = { least: 1, most: 100_000 };

export const quotaQuery = queryOptions({
  queryKey: [PATH],
  queryFn: ({ signal }) => call<Quota>(PATH, { signal }),
  refetchInterval: POLL_MILLIS,
});

/** @param queuedTasks the most at once; null for no limit */
export function setQuota(queuedTasks: number | null): Promise<Quota> {
  return call<Quota>(PATH, { method: "PUT", body: { queuedTasks } });
}
