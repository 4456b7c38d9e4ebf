import { queryOptions } from "@tanstack/react-query";
import { call, callVersioned, segment, type Versioned } from "../api/call";
import { editedOptions } from "../api/edited";
import { listOptions, type Reference } from "../api/list";

/** An address to which events of the workspace are sent, signed. */
export interface Webhook {
  id: string;
  name: string;
  url: string;
  /** Whole types, beginnings that end in `.*`, or `*` for all. */
  eventTypes: string[];
  description: string;
  enabled: boolean;
  disabledAt?: string | null;
  /** Why the platform disabled it; missing when a person did. */
  disabledReason?: string | null;
  /** Attempts in a row that have failed. */
  failures: number;
  /** Until then the secret before the present one signs, too. */
  previousSecretUntil?: string | null;
  createdAt: string;
  updatedAt: string;
  createdBy: Reference;
}

/** A webhook with its signing secret, which is told once. */
export interface Signing extends Webhook {
  secret: string;
}

/** What a person says about a webhook. */
export interface WebhookDraft {
  name: string;
  url: string;
  eventTypes: string[];
  description: string;
}

export const DELIVERY_STATES = ["waiting", "sending", "delivered", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One event on its way to one webhook. */
export interface Delivery {
  id: string;
  eventId: string;
  eventType: string;
  state: DeliveryState;
  attempts: number;
  lastAttemptAt?: string | null;
  /** The HTTP status that the endpoint answered with, if it answered. */
  lastStatus?: number | null;
  lastError?: string | null;
  nextAttemptAt?: string | null;
  createdAt: string;
  finishedAt?: string | null;
  /** What is sent: the event in the JSON form of CloudEvents. */
  body: unknown;
}

const PATH = "/webhooks";
const POLL_MILLIS = 10_000;
/** Somebody who looks at deliveries waits for one. */
const DELIVERIES_POLL_MILLIS = 3_000;

export const WEBHOOKS_KEY = [PATH];

export const webhooksList = listOptions<Webhook>(PATH, {}, { pollMillis: POLL_MILLIS });

/** One webhook with the version that a change must name. */
export function webhookQuery(idOrName: string) {
  return queryOptions({
    queryKey: [PATH, "one", idOrName],
    queryFn: ({ signal }) => readWebhook(idOrName, signal),
    staleTime: 0,
  });
}

export function editedWebhookQuery(name: string) {
  return editedOptions<Webhook>(PATH, name);
}

export function readWebhook(idOrName: string, signal?: AbortSignal): Promise<Versioned<Webhook>> {
  return callVersioned<Webhook>(pathOf(idOrName), { signal });
}

export function createWebhook(draft: WebhookDraft): Promise<Signing> {
  return call<Signing>(PATH, { method: "POST", body: draft });
}

export function changeWebhook({ value, etag }: Versioned<Webhook>, draft: WebhookDraft): Promise<Webhook> {
  return call<Webhook>(pathOf(value.id), { method: "PUT", body: draft, ifMatch: etag });
}

/** Enables or disables it as it is now. */
export async function turnWebhook(id: string, enabled: boolean): Promise<Webhook> {
  const { value, etag } = await callVersioned<Webhook>(pathOf(id));
  return call<Webhook>(pathOf(id), { method: "PUT", body: { ...draftOf(value), enabled }, ifMatch: etag });
}

export function deleteWebhook({ value, etag }: Versioned<Webhook>): Promise<void> {
  return call<void>(pathOf(value.id), { method: "DELETE", ifMatch: etag });
}

/** @param overlapSeconds for so long the present secret signs, too */
export function rotateSecret(idOrName: string, overlapSeconds: number): Promise<Signing> {
  return call<Signing>(`${pathOf(idOrName)}:rotateSecret`, { method: "POST", body: { overlapSeconds } });
}

/** Sends an event that only says that the webhook works. */
export function testWebhook(id: string): Promise<Delivery> {
  return call<Delivery>(`${pathOf(id)}:test`, { method: "POST" });
}

export function deliveriesKey(webhook: string) {
  return [deliveriesOf(webhook)];
}

export function deliveriesList(webhook: string, state: DeliveryState | undefined) {
  return listOptions<Delivery>(deliveriesOf(webhook), { state }, { pollMillis: DELIVERIES_POLL_MILLIS });
}

export function deliveryQuery(webhook: string, id: string) {
  return queryOptions({
    queryKey: [deliveriesOf(webhook), "one", id],
    queryFn: ({ signal }) => call<Delivery>(`${deliveriesOf(webhook)}/${segment(id)}`, { signal }),
    staleTime: 0,
    refetchInterval: DELIVERIES_POLL_MILLIS,
  });
}

export function redeliver(webhook: string, id: string): Promise<Delivery> {
  return call<Delivery>(`${deliveriesOf(webhook)}/${segment(id)}:redeliver`, { method: "POST" });
}

export function draftOf({ name, url, eventTypes, description }: WebhookDraft): WebhookDraft {
  return { name, url, eventTypes, description };
}

function pathOf(idOrName: string): string {
  return `${PATH}/${segment(idOrName)}`;
}

function deliveriesOf(webhook: string): string {
  return `${pathOf(webhook)}/deliveries`;
}
