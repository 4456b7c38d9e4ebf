import { queryOptions } from "@tanstack/react-query";
import { call, callVersioned, type Versioned } from "../api/call";
import { editedOptions } from "../api/edited";
import { listOptions, namesOf } from "../api/list";
import type { Schemas } from "../api/operations";

/** Where queued tasks wait, and how many of them may run at once; what waits is counted up to {@link COUNTED}. */
export type Queue = Schemas["QueueView"];

export type QueueLimits = Required<Schemas["QueueWantedLimit"]>;

export type QueueDraft = Required<Schemas["WantedQueue"]>;

/** A higher count stands for more: see {@link atLeast}. */
const COUNTED = 10_000;
export const CONCURRENCY = { least: 1, most: 10_000 };
/** The queue of tasks that name none; it cannot be removed. */
export const DEFAULT_QUEUE = "default";

const PATH = "/queues";
const POLL_MILLIS = 5_000;
/** A purge cancels so many tasks at a time; this many rounds are more than any queue needs. */
const MOST_ROUNDS = 1_000;

export const QUEUES_KEY = [PATH];

export const queuesList = listOptions("GET /queues", {}, { pollMillis: POLL_MILLIS });

export const queueNames = namesOf("GET /queues");

/** One queue with the version that a change must name. */
export function queueQuery(name: string) {
  return queryOptions({
    queryKey: [PATH, "one", name],
    queryFn: ({ signal }) => readQueue(name, signal),
    staleTime: 0,
  });
}

export function editedQueueQuery(name: string) {
  return editedOptions(PATH, name, readQueue);
}

export function readQueue(name: string, signal?: AbortSignal): Promise<Versioned<Queue>> {
  return callVersioned("GET /queues/{name}", { path: { name }, signal });
}

export function createQueue(draft: QueueDraft): Promise<Queue> {
  return call("POST /queues", { body: draft });
}

export function changeLimits({ value, etag }: Versioned<Queue>, limits: QueueLimits): Promise<Queue> {
  const { concurrencyLimit, keyLimit } = limits;
  const path = { name: value.name };
  return call("PUT /queues/{name}", { path, body: { concurrencyLimit, keyLimit }, ifMatch: etag });
}

export function deleteQueue({ value, etag }: Versioned<Queue>): Promise<void> {
  return call("DELETE /queues/{name}", { path: { name: value.name }, ifMatch: etag });
}

export function pauseQueue(name: string): Promise<Queue> {
  return call("POST /queues/{name}:pause", { path: { name } });
}

export function resumeQueue(name: string): Promise<Queue> {
  return call("POST /queues/{name}:resume", { path: { name } });
}

/** Cancels everything that waits or is delayed. @returns how many tasks that were */
export async function purgeQueue(name: string): Promise<number> {
  let purged = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const answer = await call("POST /queues/{name}:purge", { path: { name } });
    purged += answer.purged;
    if (!answer.more) {
      break;
    }
  }
  return purged;
}

/** "9,999", and "10,000+" for what was not counted further. */
export function atLeast(count: number): string {
  return count > COUNTED ? `${COUNTED.toLocaleString("en")}+` : count.toLocaleString("en");
}

/** The same of several counts together. */
export function sumOf(counts: readonly number[]): string {
  const sum = counts.reduce((all, count) => all + Math.min(count, COUNTED), 0);
  return `${sum.toLocaleString("en")}${counts.some((count) => count > COUNTED) ? "+" : ""}`;
}
