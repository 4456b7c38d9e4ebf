import { textOf } from "../look/address";
import type { AuditFilter } from "./audit";

/** What the address of the Audit page holds: its filters and the event that is looked at. */
export interface AuditSearch extends AuditFilter {
  event?: string;
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  return { action: textOf(search.action), actor: textOf(search.actor), event: textOf(search.event) };
}
