import { oneOf, textOf } from "../look/address";
import { DELIVERY_STATES, type DeliveryState } from "./webhooks";

/** What the address of the Webhooks page holds. */
export interface WebhooksSearch {
  dialog?: "create";
}

export function webhooksSearch(search: Record<string, unknown>): WebhooksSearch {
  return { dialog: oneOf(["create"], search.dialog) };
}

export const WEBHOOK_DIALOGS = ["edit", "rotate", "delete", "delivery"] as const;

/** What the address of a webhook's page holds: which deliveries it shows and the dialog that is open. */
export interface WebhookSearch {
  state?: DeliveryState;
  dialog?: (typeof WEBHOOK_DIALOGS)[number];
  /** The delivery that the dialog is about. */
  delivery?: string;
}

export function webhookSearch(search: Record<string, unknown>): WebhookSearch {
  return {
    state: oneOf(DELIVERY_STATES, search.state),
    dialog: oneOf(WEBHOOK_DIALOGS, search.dialog),
    delivery: textOf(search.delivery),
  };
}
