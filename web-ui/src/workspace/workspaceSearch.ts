import { oneOf } from "../look/address";

/** What the address of the Workspace page holds. */
export interface WorkspaceSearch {
  dialog?: "callback-secret";
}

export function workspaceSearch(search: Record<string, unknown>): WorkspaceSearch {
  return { dialog: oneOf(["callback-secret"], search.dialog) };
}
