import { queryOptions } from "@tanstack/react-query";
import { addressOf, call, callVersioned, type Versioned } from "../api/call";
import { editedOptions } from "../api/edited";
import { listOptions } from "../api/list";
import type { Schemas } from "../api/operations";

/** An address to which events of the workspace are sent, signed. */
export type Webhook = Schemas["WebhookView"];

/** With the secret, which only the answer that made it tells. */
export type Told<T extends { secret?: string }> = T & { secret: string };

/** A webhook with its signing secret. */
export type Signing = Told<Webhook>;

/** What a person says about a webhook. */
export type WebhookDraft = Pick<Webhook, "name" | "url" | "eventTypes" | "description">;

/** One event on its way to one webhook. */
export type Delivery = Schemas["WebhookDelivery"];

export type DeliveryState = Delivery["state"];
export const DELIVERY_STATES = [
  "waiting",
  "sending",
  "delivered",
  "failed",
] as const satisfies readonly DeliveryState[];

const PATH = "/webhooks";
const DELIVERIES = "GET /webhooks/{idOrName}/deliveries";
const POLL_MILLIS = 10_000;
/** Somebody who looks at deliveries waits for one. */
const DELIVERIES_POLL_MILLIS = 3_000;

export const WEBHOOKS_KEY = [PATH];

export const webhooksList = listOptions("GET /webhooks", {}, { pollMillis: POLL_MILLIS });

/** One webhook with the version that a change must name. */
export function webhookQuery(idOrName: string) {
  return queryOptions({
    queryKey: [PATH, "one", idOrName],
    queryFn: ({ signal }) => readWebhook(idOrName, signal),
    staleTime: 0,
  });
}

export function editedWebhookQuery(name: string) {
  return editedOptions(PATH, name, readWebhook);
}

export function readWebhook(idOrName: string, signal?: AbortSignal): Promise<Versioned<Webhook>> {
  return callVersioned("GET /webhooks/{idOrName}", { path: { idOrName }, signal });
}

export async function createWebhook(draft: WebhookDraft): Promise<Signing> {
  return told(await call("POST /webhooks", { body: draft }));
}

export function changeWebhook({ value, etag }: Versioned<Webhook>, draft: WebhookDraft): Promise<Webhook> {
  return call("PUT /webhooks/{idOrName}", { path: { idOrName: value.id }, body: draft, ifMatch: etag });
}

/** Enables or disables it as it is now. */
export async function turnWebhook(id: string, enabled: boolean): Promise<Webhook> {
  const { value, etag } = await readWebhook(id);
  const path = { idOrName: id };
  return call("PUT /webhooks/{idOrName}", { path, body: { ...draftOf(value), enabled }, ifMatch: etag });
}

export function deleteWebhook({ value, etag }: Versioned<Webhook>): Promise<void> {
  return call("DELETE /webhooks/{idOrName}", { path: { idOrName: value.id }, ifMatch: etag });
}

/** @param overlapSeconds for so long the present secret signs, too */
export async function rotateSecret(idOrName: string, overlapSeconds: number): Promise<Signing> {
  return told(await call("POST /webhooks/{idOrName}:rotateSecret", { path: { idOrName }, body: { overlapSeconds } }));
}

/** Sends an event that only says that the webhook works. */
export function testWebhook(id: string): Promise<Delivery> {
  return call("POST /webhooks/{idOrName}:test", { path: { idOrName: id } });
}

export function deliveriesKey(webhook: string) {
  return [deliveriesOf(webhook)];
}

export function deliveriesList(webhook: string, state: DeliveryState | undefined) {
  const path = { idOrName: webhook };
  return listOptions(DELIVERIES, { state }, { pollMillis: DELIVERIES_POLL_MILLIS }, path);
}

export function deliveryQuery(webhook: string, id: string) {
  return queryOptions({
    queryKey: [deliveriesOf(webhook), "one", id],
    queryFn: ({ signal }) => call(`${DELIVERIES}/{delivery}`, { path: { idOrName: webhook, delivery: id }, signal }),
    staleTime: 0,
    refetchInterval: DELIVERIES_POLL_MILLIS,
  });
}

export function redeliver(webhook: string, id: string): Promise<Delivery> {
  const path = { idOrName: webhook, delivery: id };
  return call("POST /webhooks/{idOrName}/deliveries/{delivery}:redeliver", { path });
}

/** "204", "503: the endpoint is overloaded", or what kept it from answering. */
export function answerInWords({ lastStatus, lastError }: Delivery): string {
  return [lastStatus, lastError].filter((part) => part !== null && part !== undefined).join(": ") || "–";
}

export function draftOf({ name, url, eventTypes, description }: WebhookDraft): WebhookDraft {
  return { name, url, eventTypes, description };
}

/** What an answer is that makes a secret. */
export function told<T extends { secret?: string }>(made: T): Told<T> {
  return made as Told<T>;
}

function deliveriesOf(webhook: string): string {
  return addressOf(DELIVERIES, { idOrName: webhook });
}
