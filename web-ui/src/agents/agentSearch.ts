import { oneOf, textOf } from "../look/address";

export const AGENT_DIALOGS = ["enrol", "revoke"] as const;

/** What the address of the Agents page holds. */
export interface AgentSearch {
  dialog?: (typeof AGENT_DIALOGS)[number];
  /** The agent that the dialog is about; enrolling without one creates one. */
  name?: string;
}

export function agentSearch(search: Record<string, unknown>): AgentSearch {
  return { dialog: oneOf(AGENT_DIALOGS, search.dialog), name: textOf(search.name) };
}
