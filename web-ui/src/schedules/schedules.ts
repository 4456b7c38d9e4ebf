import { queryOptions } from "@tanstack/react-query";
import { call, callVersioned, type Versioned } from "../api/call";
import { editedOptions } from "../api/edited";
import { listOptions } from "../api/list";
import type { Schemas } from "../api/operations";

/** Submits a task again and again. */
export type Schedule = Schemas["ScheduleView"];

/** When a schedule runs: by a cron expression in a time zone, or at an interval (an ISO 8601 duration). */
export type Times = Schemas["ScheduleTimesView"];

export type MissedRuns = Schedule["missedRuns"];

/** What a person says about a schedule. */
export type ScheduleDraft = Schemas["WantedSchedule"];

const PATH = "/schedules";
const POLL_MILLIS = 10_000;

export const SCHEDULES_KEY = [PATH];

export const schedulesList = listOptions("GET /schedules", {}, { pollMillis: POLL_MILLIS });

/** One schedule with the version that a change must name. */
export function scheduleQuery(idOrName: string) {
  return queryOptions({
    queryKey: [PATH, "one", idOrName],
    queryFn: ({ signal }) => readSchedule(idOrName, signal),
    staleTime: 0,
  });
}

export function editedScheduleQuery(name: string) {
  return editedOptions(PATH, name, readSchedule);
}

export function readSchedule(idOrName: string, signal?: AbortSignal): Promise<Versioned<Schedule>> {
  return callVersioned("GET /schedules/{idOrName}", { path: { idOrName }, signal });
}

export function createSchedule(draft: ScheduleDraft): Promise<Schedule> {
  return call("POST /schedules", { body: draft });
}

export function changeSchedule({ value, etag }: Versioned<Schedule>, draft: ScheduleDraft): Promise<Schedule> {
  return call("PUT /schedules/{idOrName}", { path: { idOrName: value.id }, body: draft, ifMatch: etag });
}

export function deleteSchedule({ value, etag }: Versioned<Schedule>): Promise<void> {
  return call("DELETE /schedules/{idOrName}", { path: { idOrName: value.id }, ifMatch: etag });
}

export function pauseSchedule(id: string): Promise<Schedule> {
  return call("POST /schedules/{idOrName}:pause", { path: { idOrName: id } });
}

export function resumeSchedule(id: string): Promise<Schedule> {
  return call("POST /schedules/{idOrName}:resume", { path: { idOrName: id } });
}

/** Submits its task now, beside its times. */
export function runSchedule(id: string): Promise<Schemas["ScheduleSubmitted"]> {
  return call("POST /schedules/{idOrName}:run", { path: { idOrName: id } });
}
