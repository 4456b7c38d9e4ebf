import { queryOptions } from "@tanstack/react-query";
import { call, callVersioned, segment, type Versioned } from "../api/call";
import { editedOptions } from "../api/edited";
import { listOptions, type Reference } from "../api/list";
import type { Task } from "../tasks/tasks";

/** When a schedule runs: by a cron expression in a time zone, or at an interval (an ISO 8601 duration). */
export interface Times {
  cron?: string | null;
  zone?: string | null;
  every?: string | null;
}

export const MISSED_RUNS = ["skip", "once", "all"] as const;
export type MissedRuns = (typeof MISSED_RUNS)[number];

/** The task that is submitted each time. */
export interface TaskTemplate {
  type: string;
  input: unknown;
  queue?: string | null;
  priority?: number;
  retry?: { maxFailures: number; backoffSeconds?: number };
  labels?: Record<string, string>;
  lane?: Task["lane"];
  concurrencyKey?: string;
  /** Told of the end of each task. */
  callback?: { url: string };
}

/** Submits a task again and again. */
export interface Schedule {
  id: string;
  name: string;
  when: Times;
  /** Each run is put off by up to this long, at random. */
  jitterSeconds: number;
  missedRuns: MissedRuns;
  task: TaskTemplate;
  paused: boolean;
  nextRunAt?: string | null;
  lastRun?: { at: string; task: string } | null;
  /** Why the last run did not come about, if it did not. */
  lastError?: { at: string; message: string } | null;
  createdAt: string;
  updatedAt: string;
  createdBy: Reference;
}

/** What a person says about a schedule. */
export interface ScheduleDraft {
  name: string;
  when: Times;
  jitterSeconds: number;
  missedRuns: MissedRuns;
  task: TaskTemplate;
}

const PATH = "/schedules";
const POLL_MILLIS = 10_000;

export const SCHEDULES_KEY = [PATH];

export const schedulesList = listOptions<Schedule>(PATH, {}, { pollMillis: POLL_MILLIS });

/** One schedule with the version that a change must name. */
export function scheduleQuery(idOrName: string) {
  return queryOptions({
    queryKey: [PATH, "one", idOrName],
    queryFn: ({ signal }) => readSchedule(idOrName, signal),
    staleTime: 0,
  });
}

export function editedScheduleQuery(name: string) {
  return editedOptions<Schedule>(PATH, name);
}

export function readSchedule(idOrName: string, signal?: AbortSignal): Promise<Versioned<Schedule>> {
  return callVersioned<Schedule>(pathOf(idOrName), { signal });
}

export function createSchedule(draft: ScheduleDraft): Promise<Schedule> {
  return call<Schedule>(PATH, { method: "POST", body: draft });
}

export function changeSchedule({ value, etag }: Versioned<Schedule>, draft: ScheduleDraft): Promise<Schedule> {
  return call<Schedule>(pathOf(value.id), { method: "PUT", body: draft, ifMatch: etag });
}

export function deleteSchedule({ value, etag }: Versioned<Schedule>): Promise<void> {
  return call<void>(pathOf(value.id), { method: "DELETE", ifMatch: etag });
}

export function pauseSchedule(id: string): Promise<Schedule> {
  return call<Schedule>(`${pathOf(id)}:pause`, { method: "POST" });
}

export function resumeSchedule(id: string): Promise<Schedule> {
  return call<Schedule>(`${pathOf(id)}:resume`, { method: "POST" });
}

/** Submits its task now, beside its times. */
export function runSchedule(id: string): Promise<{ task: string }> {
  return call<{ task: string }>(`${pathOf(id)}:run`, { method: "POST" });
}

function pathOf(idOrName: string): string {
  return `${PATH}/${segment(idOrName)}`;
}
