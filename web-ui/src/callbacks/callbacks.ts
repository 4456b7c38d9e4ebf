import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call";
import type { Schemas } from "../api/operations";
import { isTerminal, type Task } from "../tasks/tasks";
import { type Delivery, type Told, told } from "../webhooks/webhooks";

/** Where a task tells of its ends, and what became of that: one delivery for each end, newest first. */
export type Callback = Schemas["WebhookCallbackView"];

/** The secret that signs a workspace's callbacks, told once. */
export type CallbackSecret = Told<Schemas["WebhookCallbackSecretView"]>;

const PATH = "/callbacks";
const POLL_MILLIS = 3_000;

export const CALLBACKS_KEY = [PATH];

/** Read again until the task has ended and its end is told, or given up. */
export function callbackQuery({ id, state }: Task) {
  return queryOptions({
    queryKey: [PATH, "one", id],
    queryFn: ({ signal }) => call("GET /tasks/{id}/callback", { path: { id }, signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (isTerminal(state) && data && isTold(data) ? false : POLL_MILLIS),
  });
}

function isTold({ deliveries }: Callback): boolean {
  return deliveries.length > 0 && deliveries.every(({ finishedAt }) => finishedAt);
}

export function redeliverCallback(delivery: string): Promise<Delivery> {
  return call("POST /callbacks/deliveries/{delivery}:redeliver", { path: { delivery } });
}

/** @param overlapSeconds for so long the present secret, if there is one, signs beside the new one */
export async function rotateCallbackSecret(overlapSeconds: number): Promise<CallbackSecret> {
  return told(await call("POST /callbacks:rotateSecret", { body: { overlapSeconds } }));
}
