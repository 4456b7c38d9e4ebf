import { queryOptions } from "@tanstack/react-query";
import { call, callVersioned, type Versioned } from "../api/call";
import { editedOptions } from "../api/edited";
import { listOptions, namesOf } from "../api/list";
import type { Schemas } from "../api/operations";
import type { TextAndLabels } from "../look/SearchWithLabels";

/** Something that an agent reaches. */
export type Resource = Schemas["ResourceView"];

export type ResourceKind = Resource["kind"];
export const RESOURCE_KINDS = [
  "tcp",
  "ssh",
  "http",
  "kubernetes",
  "postgres",
  "mysql",
] as const satisfies readonly ResourceKind[];

/** What a person says about a resource. */
export interface ResourceDraft extends Required<Schemas["WantedResource"]> {
  kind: ResourceKind;
}

export interface ResourceFilter extends TextAndLabels {
  kind?: ResourceKind;
}

export const USUAL_PORTS: Record<ResourceKind, number | undefined> = {
  tcp: undefined,
  ssh: 22,
  http: 80,
  kubernetes: 6443,
  postgres: 5432,
  mysql: 3306,
};

const PATH = "/resources";
const POLL_MILLIS = 10_000;

export const RESOURCES_KEY = [PATH];

export function resourcesList({ q, kind, label }: ResourceFilter) {
  return listOptions("GET /resources", { q, kind, label }, { pollMillis: POLL_MILLIS });
}

export const resourceNames = namesOf("GET /resources");

/** One resource with the version that a change must name. */
export function resourceQuery(idOrName: string) {
  return queryOptions({
    queryKey: [PATH, "one", idOrName],
    queryFn: ({ signal }) => readResource(idOrName, signal),
    staleTime: 0,
  });
}

export function editedResourceQuery(name: string) {
  return editedOptions(PATH, name, readResource);
}

export function readResource(idOrName: string, signal?: AbortSignal): Promise<Versioned<Resource>> {
  return callVersioned("GET /resources/{idOrName}", { path: { idOrName }, signal });
}

export function createResource(draft: ResourceDraft): Promise<Resource> {
  return call("POST /resources", { body: draft });
}

export function changeResource({ value, etag }: Versioned<Resource>, draft: ResourceDraft): Promise<Resource> {
  return call("PUT /resources/{idOrName}", { path: { idOrName: value.id }, body: draft, ifMatch: etag });
}

export function deleteResource({ value, etag }: Versioned<Resource>): Promise<void> {
  return call("DELETE /resources/{idOrName}", { path: { idOrName: value.id }, ifMatch: etag });
}
