import { listOptions } from "../api/list";
import type { Schemas } from "../api/operations";

/** One decision or change, who made it, and how it came out. */
export type AuditEvent = Schemas["AuditRecordedEvent"];

export interface AuditFilter {
  action?: string;
  actor?: string;
}

const POLL_MILLIS = 5_000;

export const KNOWN_ACTIONS = [
  "session.create",
  "session.refuse",
  "session.delete",
  "token.create",
  "token.revoke",
  "user.create",
  "agent.create",
  "agent.join-token.create",
  "agent.join",
  "agent.join.refuse",
  "agent.renew",
  "agent.renew.refuse",
  "agent.revoke",
  "resource.create",
  "resource.update",
  "resource.delete",
  "tunnel.open",
  "tunnel.refuse",
  "tunnel.attach",
  "tunnel.close.request",
  "tunnel.close",
  "task.submit",
  "task.cancel",
  "task.retry",
  "function.create",
  "function.version.create",
  "function.alias.create",
  "function.alias.update",
  "function.alias.delete",
  "function.delete",
  "queue.create",
  "queue.update",
  "queue.pause",
  "queue.resume",
  "queue.purge",
  "queue.delete",
  "schedule.create",
  "schedule.update",
  "schedule.pause",
  "schedule.resume",
  "schedule.run",
  "schedule.delete",
  "secret.create",
  "secret.update",
  "secret.open",
  "secret.delete",
  "secret.rotate-key",
  "webhook.create",
  "webhook.update",
  "webhook.test",
  "webhook.rotate-secret",
  "webhook.redeliver",
  "webhook.disable",
  "webhook.delete",
  "callback.rotate-secret",
  "callback.redeliver",
  "workspace.quota",
];

export function auditList({ action, actor }: AuditFilter) {
  return listOptions("GET /audit-events", { action, actor }, { pollMillis: POLL_MILLIS });
}
