import { queryOptions } from "@tanstack/react-query";
import { call, callVersioned, type Versioned } from "../api/call";
import { listOptions, namesOf } from "../api/list";
import type { Schemas } from "../api/operations";

/** A text that tasks use and nobody reads back; its value never comes from the server. */
export type Secret = Schemas["SecretView"];

const PATH = "/secrets";
const POLL_MILLIS = 10_000;

export const SECRETS_KEY = [PATH];

export const secretsList = listOptions("GET /secrets", {}, { pollMillis: POLL_MILLIS });

export const secretNames = namesOf("GET /secrets");

/** One secret with the version that a change must name. */
export function secretQuery(name: string) {
  return queryOptions({
    queryKey: [PATH, "one", name],
    queryFn: ({ signal }) => callVersioned("GET /secrets/{name}", { path: { name }, signal }),
    staleTime: 0,
  });
}

/** @param ifMatch the version that the value replaces; undefined for a new secret */
export function setSecret(name: string, value: string, ifMatch: string | undefined): Promise<Secret> {
  return call("PUT /secrets/{name}", { path: { name }, body: { value }, ifMatch });
}

export function removeSecret({ value, etag }: Versioned<Secret>): Promise<void> {
  return call("DELETE /secrets/{name}", { path: { name: value.name }, ifMatch: etag });
}

/** What stands in a task's input in the place of the value. */
export function referenceTo(name: string): string {
  return JSON.stringify({ secret: name });
}
