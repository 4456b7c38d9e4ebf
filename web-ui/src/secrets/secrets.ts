import { queryOptions } from "@tanstack/react-query";
import { call, callVersioned, segment, type Versioned } from "../api/call";
import { listOptions, namesOf } from "../api/list";

/** A text that tasks use and nobody reads back; its value never comes from the server. */
export interface Secret {
  name: string;
  /** Grows with every new value. */
  version: number;
  createdAt: string;
  updatedAt: string;
  /** The name of who set the present value. */
  updatedBy: string;
}

const PATH = "/secrets";
const POLL_MILLIS = 10_000;

export const SECRETS_KEY = [PATH];

export const secretsList = listOptions<Secret>(PATH, {}, { pollMillis: POLL_MILLIS });

export const secretNames = namesOf(PATH);

/** One secret with the version that a change must name. */
export function secretQuery(name: string) {
  return queryOptions({
    queryKey: [PATH, "one", name],
    queryFn: ({ signal }) => callVersioned<Secret>(pathOf(name), { signal }),
    staleTime: 0,
  });
}

/** @param ifMatch the version that the value replaces; undefined for a new secret */
export function setSecret(name: string, value: string, ifMatch: string | undefined): Promise<Secret> {
  return call<Secret>(pathOf(name), { method: "PUT", body: { value }, ifMatch });
}

export function removeSecret({ value, etag }: Versioned<Secret>): Promise<void> {
  return call<void>(pathOf(value.name), { method: "DELETE", ifMatch: etag });
}

/** What stands in a task's input in the place of the value. */
export function referenceTo(name: string): string {
  return JSON.stringify({ secret: name });
}

function pathOf(name: string): string {
  return `${PATH}/${segment(name)}`;
}
