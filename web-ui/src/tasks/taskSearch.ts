import { oneOf, textOf } from "../look/address";
import { TASK_STATES, type TaskFilter } from "./tasks";

/** What the address of the Tasks page holds: its filters and what is being submitted. */
export interface TaskSearch extends TaskFilter {
  dialog?: "submit";
  /** The task whose input the new one starts from. */
  like?: string;
}

export function taskSearch(search: Record<string, unknown>): TaskSearch {
  return {
    state: oneOf(TASK_STATES, search.state),
    type: textOf(search.type),
    queue: textOf(search.queue),
    dialog: oneOf(["submit"], search.dialog),
    like: textOf(search.like),
  };
}
