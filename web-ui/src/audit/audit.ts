import { listOptions } from "../api/list";

/** One decision or change, who made it, and how it came out. */
export interface AuditEvent {
  id: string;
  occurredAt: string;
  actor: { kind: string; id: string | null; name: string | null };
  address: string | null;
  action: string;
  target: { kind: string; id: string | null; name: string | null } | null;
  outcome: "allowed" | "denied" | "failed";
  requestId: string | null;
  details: Record<string, unknown> | null;
}

export interface AuditFilter {
  action?: string;
  actor?: string;
}

const PATH = "/audit-events";
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
  "tunnel.close",
  "task.submit",
  "task.cancel",
  "task.retry",
  "function.create",
  "function.version.create",
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
];

export function auditList({ action, actor }: AuditFilter) {
  return listOptions<AuditEvent>(PATH, { action, actor }, { pollMillis: POLL_MILLIS });
}
