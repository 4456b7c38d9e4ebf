import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call";
import { type Freshness, listOptions } from "../api/list";
import type { Schemas } from "../api/operations";
import type { Schema } from "./schema";

/** A unit of work: instant (short) or queued (durable, in a named queue). */
export type Task = Schemas["TaskView"];

export type TaskState = Task["state"];
export const TASK_STATES = [
  "waiting",
  "scheduled",
  "running",
  "retrying",
  "succeeded",
  "failed",
  "cancelled",
  "expired",
] as const satisfies readonly TaskState[];

/** A kind of task, with the schema of its input. */
export type TaskType = Omit<Schemas["TaskTypeView"], "inputSchema"> & { inputSchema: Schema };

/** What a person says about a task. */
export type TaskDraft = Schemas["TaskRequest"];

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

/** In lists an input of more characters is a string with so many of them, and there are no results. */
const BRIEF = 200;

/** An input as a list has it, in one line. */
export function briefly(input: unknown): string {
  return typeof input === "string" && input.length >= BRIEF ? `${input}…` : (JSON.stringify(input) ?? "");
}

export function tasksList({ state, type, queue }: TaskFilter) {
  return listOptions("GET /tasks", { state, type, queue, brief: true }, LIST);
}

/** One task, read again until it is at an end. */
export function taskQuery(id: string) {
  return queryOptions({
    queryKey: [PATH, "one", id],
    queryFn: ({ signal }) => call("GET /tasks/{id}", { path: { id }, signal }),
    refetchInterval: ({ state: { data } }) => (data && isTerminal(data.state) ? false : TASK_POLL_MILLIS),
  });
}

/** Why a task does not run, in words of the platform; read again while it waits, as what holds it back changes by the minute. */
export function explanationQuery(id: string) {
  return queryOptions({
    queryKey: [PATH, "why", id],
    queryFn: ({ signal }) => call("GET /tasks/{id}:why", { path: { id }, signal }),
    refetchInterval: TASK_POLL_MILLIS,
    staleTime: 0,
  });
}

export const taskTypesQuery = queryOptions({
  queryKey: ["/task-types"],
  queryFn: async ({ signal }) => (await call("GET /task-types", { signal })).items as TaskType[],
  staleTime: 300_000,
});

export function submitTask(draft: TaskDraft, idempotencyKey: string): Promise<Task> {
  return call("POST /tasks", { body: draft, idempotencyKey });
}

export function cancelTask(id: string): Promise<Task> {
  return call("POST /tasks/{id}:cancel", { path: { id } });
}

export function retryTask(id: string): Promise<Task> {
  return call("POST /tasks/{id}:retry", { path: { id } });
}
