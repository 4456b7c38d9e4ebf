import { type TaskFieldValues, taskFieldsOf, templateOf } from "../tasks/taskFields";
import type { TaskType } from "../tasks/tasks";
import { parseInterval, type Unit, writeInterval } from "./interval";
import type { MissedRuns, Schedule, ScheduleDraft, Times } from "./schedules";

/** What the form for a schedule holds. */
export interface ScheduleFields extends TaskFieldValues {
  name: string;
  kind: "every" | "cron";
  amount: number;
  unit: Unit;
  /** Always empty: the place for what the server says about the interval. */
  every: string;
  cron: string;
  zone: string;
  jitterSeconds: number;
  missedRuns: MissedRuns;
  callback: string;
}

export const FIELD_NAMES: Partial<Record<keyof ScheduleFields, string>> = {
  name: "Name",
  kind: "Runs by",
  amount: "Every",
  unit: "Unit",
  cron: "Cron expression",
  zone: "Time zone",
  jitterSeconds: "Spread (s)",
  missedRuns: "Missed runs",
  type: "Task type",
  input: "Input",
  queue: "Queue",
  priority: "Priority",
  maxFailures: "Failures allowed",
  callback: "Callback",
};

export function fieldsOf(schedule: Schedule | undefined, types: TaskType[]): ScheduleFields {
  const { cron, zone, every } = schedule?.when ?? {};
  const interval = parseInterval(every ?? "PT15M") ?? { amount: 15, unit: "minutes" };
  return {
    name: schedule?.name ?? "",
    kind: cron ? "cron" : "every",
    ...interval,
    every: "",
    cron: cron ?? "0 9 * * MON-FRI",
    zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
    jitterSeconds: schedule?.jitterSeconds ?? 0,
    missedRuns: schedule?.missedRuns ?? "skip",
    ...taskFieldsOf(types, schedule?.task),
    callback: schedule?.task.callback?.url ?? "",
  };
}

/** What is said about the schedule; what the form does not show stays as it is. */
export function draftOf(fields: ScheduleFields, schedule: Schedule | undefined): ScheduleDraft {
  const { labels, retry, concurrencyKey } = schedule?.task ?? {};
  const callback = fields.callback.trim();
  return {
    name: fields.name.trim(),
    when: timesOf(fields),
    jitterSeconds: Number(fields.jitterSeconds),
    missedRuns: fields.missedRuns,
    task: {
      ...templateOf(fields),
      ...(labels ? { labels } : {}),
      ...(concurrencyKey ? { concurrencyKey } : {}),
      ...(callback ? { callback: { url: callback } } : {}),
      retry: { ...retry, maxFailures: Number(fields.maxFailures) },
    },
  };
}

function timesOf({ kind, amount, unit, cron, zone }: ScheduleFields): Times {
  return kind === "cron" ? { cron: cron.trim(), zone } : { every: writeInterval({ amount: Number(amount), unit }) };
}
