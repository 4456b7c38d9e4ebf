import { oneOf, textOf } from "../look/address";

export const QUEUE_DIALOGS = ["create", "limit", "purge", "delete"] as const;

/** What the address of the Queues page holds: the dialog that is open and the queue it is about. */
export interface QueueSearch {
  dialog?: (typeof QUEUE_DIALOGS)[number];
  name?: string;
}

export function queueSearch(search: Record<string, unknown>): QueueSearch {
  return { dialog: oneOf(QUEUE_DIALOGS, search.dialog), name: textOf(search.name) };
}
