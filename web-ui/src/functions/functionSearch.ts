import { oneOf, textOf } from "../look/address";

/** What the address of the Functions page holds. */
export interface FunctionsSearch {
  dialog?: "create";
}

export function functionsSearch(search: Record<string, unknown>): FunctionsSearch {
  return { dialog: oneOf(["create"], search.dialog) };
}

/** What the address of one function's page holds; without a version it leads to the latest. */
export interface FunctionSearch {
  version?: number;
}

export function functionSearch(search: Record<string, unknown>): FunctionSearch {
  const version = Number(textOf(String(search.version ?? "")));
  return { version: Number.isInteger(version) && version > 0 ? version : undefined };
}
