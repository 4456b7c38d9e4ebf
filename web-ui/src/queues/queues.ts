import { queryOptions } from "@tanstack/react-query";
import { call, callVersioned, segment, type Versioned } from "../api/call";
import { editedOptions } from "../api/edited";
import { listOptions, namesOf } from "../api/list";

/** Where queued tasks wait, and how many of them may run at once. */
export interface Queue {
  name: string;
  /** Nothing of it is started; what runs goes on. */
  paused: boolean;
  concurrencyLimit: number;
  /** How many of its tasks that share a concurrency key run at once. */
  keyLimit: number;
  /** Tasks that wait for a worker. */
  ready: number;
  /** Those of them that their concurrency key holds back. */
  held: number;
  running: number;
  /** Tasks whose time has not come: scheduled, or between two tries. */
  delayed: number;
  oldestReadyAt?: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface QueueLimits {
  concurrencyLimit: number;
  keyLimit: number;
}

export interface QueueDraft extends QueueLimits {
  name: string;
}

export const CONCURRENCY = { least: 1, most: 10_000 };
/** The queue of tasks that name none; it cannot be removed. */
export const DEFAULT_QUEUE = "default";

const PATH = "/queues";
const POLL_MILLIS = 5_000;
/** A purge cancels so many tasks at a time; this many rounds are more than any queue needs. */
const MOST_ROUNDS = 1_000;

export const QUEUES_KEY = [PATH];

export const queuesList = listOptions<Queue>(PATH, {}, { pollMillis: POLL_MILLIS });

export const queueNames = namesOf(PATH);

/** One queue with the version that a change must name. */
export function queueQuery(name: string) {
  return queryOptions({
    queryKey: [PATH, "one", name],
    queryFn: ({ signal }) => readQueue(name, signal),
    staleTime: 0,
  });
}

export function editedQueueQuery(name: string) {
  return editedOptions<Queue>(PATH, name);
}

export function readQueue(name: string, signal?: AbortSignal): Promise<Versioned<Queue>> {
  return callVersioned<Queue>(pathOf(name), { signal });
}

export function createQueue(draft: QueueDraft): Promise<Queue> {
  return call<Queue>(PATH, { method: "POST", body: draft });
}

export function changeLimits({ value, etag }: Versioned<Queue>, limits: QueueLimits): Promise<Queue> {
  const { concurrencyLimit, keyLimit } = limits;
  return call<Queue>(pathOf(value.name), { method: "PUT", body: { concurrencyLimit, keyLimit }, ifMatch: etag });
}

export function deleteQueue({ value, etag }: Versioned<Queue>): Promise<void> {
  return call<void>(pathOf(value.name), { method: "DELETE", ifMatch: etag });
}

export function pauseQueue(name: string): Promise<Queue> {
  return call<Queue>(`${pathOf(name)}:pause`, { method: "POST" });
}

export function resumeQueue(name: string): Promise<Queue> {
  return call<Queue>(`${pathOf(name)}:resume`, { method: "POST" });
}

/** Cancels everything that waits or is delayed. @returns how many tasks that were */
export async function purgeQueue(name: string): Promise<number> {
  let purged = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const answer = await call<{ purged: number; more: boolean }>(`${pathOf(name)}:purge`, { method: "POST" });
    purged += answer.purged;
    if (!answer.more) {
      break;
    }
  }
  return purged;
}

function pathOf(name: string): string {
  return `${PATH}/${segment(name)}`;
}
