import { oneOf, textOf } from "../look/address";

/** What the address of the Functions page holds. */
export interface FunctionsSearch {
  dialog?: "create" | "delete";
  /** The function that the dialog is about. */
  name?: string;
}

export function functionsSearch(search: Record<string, unknown>): FunctionsSearch {
  return { dialog: oneOf(["create", "delete"], search.dialog), name: textOf(search.name) };
}

/** What the address of one function's page holds; without a version it leads to the latest. */
export interface FunctionSearch {
  version?: number;
  dialog?: "live";
}

export function functionSearch(search: Record<string, unknown>): FunctionSearch {
  const version = Number(textOf(String(search.version ?? "")));
  return {
    version: Number.isInteger(version) && version > 0 ? version : undefined,
    dialog: oneOf(["live"], search.dialog),
  };
}
