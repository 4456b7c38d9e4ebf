import { oneOf, textOf } from "../look/address";

export const SCHEDULE_DIALOGS = ["create", "edit", "delete"] as const;

/** What the address of the Schedules page holds: the dialog that is open and the schedule it is about. */
export interface ScheduleSearch {
  dialog?: (typeof SCHEDULE_DIALOGS)[number];
  name?: string;
}

export function scheduleSearch(search: Record<string, unknown>): ScheduleSearch {
  return { dialog: oneOf(SCHEDULE_DIALOGS, search.dialog), name: textOf(search.name) };
}
