import { oneOf, textOf } from "../look/address";

export const SETTINGS_TABS = ["you", "people", "workspace", "system"] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

/** What the address of the Settings page holds: the tab, and the dialog that is open over it. */
export interface SettingsSearch {
  tab?: SettingsTab;
  dialog?: "token" | "user" | "revoke";
  /** What the dialog is about. */
  id?: string;
}

export function settingsSearch(search: Record<string, unknown>): SettingsSearch {
  return {
    tab: oneOf(SETTINGS_TABS, search.tab),
    dialog: oneOf(["token", "user", "revoke"], search.dialog),
    id: textOf(search.id),
  };
}
