import { oneOf, textOf } from "../look/address";

/** What the address of the Settings page holds: the dialog that is open over it. */
export interface SettingsSearch {
  dialog?: "token" | "revoke";
  /** What the dialog is about. */
  id?: string;
}

export function settingsSearch(search: Record<string, unknown>): SettingsSearch {
  return { dialog: oneOf(["token", "revoke"], search.dialog), id: textOf(search.id) };
}
