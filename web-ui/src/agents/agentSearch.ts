import { oneOf, textOf, textsOf } from "../look/address";
import { AGENT_STATES, type AgentFilter } from "./agents";

export const AGENT_DIALOGS = ["enrol", "revoke"] as const;

/** What the address of the Agents page holds: its filters and the dialog that is open. */
export interface AgentSearch extends AgentFilter {
  dialog?: (typeof AGENT_DIALOGS)[number];
  /** The agent that the dialog is about; enrolling without one creates one. */
  name?: string;
}

export function agentSearch(search: Record<string, unknown>): AgentSearch {
  return {
    q: textOf(search.q),
    label: textsOf(search.label),
    state: oneOf(AGENT_STATES, search.state),
    dialog: oneOf(AGENT_DIALOGS, search.dialog),
    name: textOf(search.name),
  };
}
