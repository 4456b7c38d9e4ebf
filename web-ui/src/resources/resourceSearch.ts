import { oneOf, textOf, textsOf } from "../look/address";
import { RESOURCE_KINDS, type ResourceFilter } from "./resources";

export const RESOURCE_DIALOGS = ["create", "edit", "delete", "connect"] as const;

/** What the address of the Resources page holds: its filters and the dialog that is open. */
export interface ResourceSearch extends ResourceFilter {
  dialog?: (typeof RESOURCE_DIALOGS)[number];
  /** The resource that the dialog is about. */
  name?: string;
}

export function resourceSearch(search: Record<string, unknown>): ResourceSearch {
  return {
    q: textOf(search.q),
    kind: oneOf(RESOURCE_KINDS, search.kind),
    label: textsOf(search.label),
    dialog: oneOf(RESOURCE_DIALOGS, search.dialog),
    name: textOf(search.name),
  };
}
