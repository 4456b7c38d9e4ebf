import { oneOf, textOf } from "../look/address";

export const SECRET_DIALOGS = ["set", "remove"] as const;

/** What the address of the Secrets page holds: the dialog that is open and the secret it is about, never a value. */
export interface SecretSearch {
  dialog?: (typeof SECRET_DIALOGS)[number];
  /** Without one, `set` makes a new secret. */
  name?: string;
}

export function secretSearch(search: Record<string, unknown>): SecretSearch {
  return { dialog: oneOf(SECRET_DIALOGS, search.dialog), name: textOf(search.name) };
}
