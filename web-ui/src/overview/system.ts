import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call";
import type { Schemas } from "../api/operations";

/** Which version answers and how the stores are that it needs. */
export type SystemInfo = Schemas["SystemInfo"];

const POLL_MILLIS = 5_000;

/** With how far this machine's clock is from the platform's, in milliseconds. */
export const systemQuery = queryOptions({
  queryKey: ["/system/info"],
  queryFn: async ({ signal }) => {
    const info = await call("GET /system/info", { signal });
    return { ...info, clockAhead: Date.now() - Date.parse(info.now) };
  },
  refetchInterval: POLL_MILLIS,
});
