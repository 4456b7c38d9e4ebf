import { oneOf } from "../look/address";

/** What the address of the People page holds. */
export interface PeopleSearch {
  dialog?: "user";
}

export function peopleSearch(search: Record<string, unknown>): PeopleSearch {
  return { dialog: oneOf(["user"], search.dialog) };
}
