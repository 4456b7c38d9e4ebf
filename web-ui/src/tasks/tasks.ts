import { queryOptions } from "@tanstack/react-query";
import { call, segment } from "../api/call";
import { type Freshness, listOptions, type Page, type Reference } from "../api/list";
import type { Schema } from "./schema";

export const TASK_STATES = [
  "waiting",
  "scheduled",
  "running",
  "retrying",
  "succeeded",
  "failed",
  "cancelled",
  "expired",
] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** A unit of work: instant (short) or queued (durable, in a named queue). */
export interface Task {
  id: string;
  type: string;
  lane: "instant" | "queued";
  queue?: string | null;
  state: TaskState;
  attempt: number;
  failures: number;
  input: unknown;
  result?: unknown;
  /** In place of a result that is too large to come with the task. */
  largeResult?: { bytes: number; href: string } | null;
  error?: { code: string; message: string } | null;
  priority: number;
  /** Of the tasks of a queue that have the same, only so many run at once. */
  concurrencyKey?: string | null;
  labels?: Record<string, string> | null;
  createdAt: string;
  notBefore?: string | null;
  startedAt?: string | null;
  finishedAt?: string | null;
  deadline?: string | null;
  worker?: string | null;
  submittedBy: Reference;
  /** How far the running attempt says it is. */
  progress?: { percent: number; message: string } | null;
  /** True once its worker has been asked to stop it. */
  cancelRequested?: boolean | null;
}

export interface TaskType {
  type: string;
  description: string;
  inputSchema: Schema;
  lanes: Task["lane"][];
}

/** What a person says about a task. */
export interface TaskDraft {
  type: string;
  input: unknown;
  queue?: string;
  priority?: number;
  concurrencyKey?: string;
  retry?: { maxFailures: number };
  labels?: Record<string, string>;
}

export interface TaskFilter {
  state?: TaskState;
  type?: string;
  queue?: string;
}

const PATH = "/tasks";
const LIST: Freshness = { pollMillis: 5_000, announced: true };
/** Progress is not announced, and one task costs little. */
const TASK_POLL_MILLIS = 2_000;
const TERMINAL: readonly TaskState[] = ["succeeded", "failed", "cancelled", "expired"];

export const TASKS_KEY = [PATH];

export function isTerminal(state: TaskState): boolean {
  return TERMINAL.includes(state);
}

export function tasksList({ state, type, queue }: TaskFilter) {
  return listOptions<Task>(PATH, { state, type, queue }, LIST);
}

/** One task, read again until it is at an end. */
export function taskQuery(id: string) {
  return queryOptions({
    queryKey: [PATH, "one", id],
    queryFn: ({ signal }) => call<Task>(pathOf(id), { signal }),
    refetchInterval: ({ state: { data } }) => (data && isTerminal(data.state) ? false : TASK_POLL_MILLIS),
  });
}

/** Why a task does not run, in words of the platform. */
export interface Explanation {
  reason: string;
  detail: string;
}

/** Read again while it waits: what holds it back changes by the minute. */
export function explanationQuery(id: string) {
  return queryOptions({
    queryKey: [PATH, "why", id],
    queryFn: ({ signal }) => call<Explanation>(`${pathOf(id)}:why`, { signal }),
    refetchInterval: TASK_POLL_MILLIS,
    staleTime: 0,
  });
}

export const taskTypesQuery = queryOptions({
  queryKey: ["/task-types"],
  queryFn: async ({ signal }) => (await call<Page<TaskType>>("/task-types", { signal })).items,
  staleTime: 300_000,
});

export function submitTask(draft: TaskDraft, idempotencyKey: string): Promise<Task> {
  return call<Task>(PATH, { method: "POST", body: draft, idempotencyKey });
}

export function cancelTask(id: string): Promise<Task> {
  return call<Task>(`${pathOf(id)}:cancel`, { method: "POST" });
}

export function retryTask(id: string): Promise<Task> {
  return call<Task>(`${pathOf(id)}:retry`, { method: "POST" });
}

function pathOf(id: string): string {
  return `${PATH}/${segment(id)}`;
}
