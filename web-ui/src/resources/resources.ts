import { queryOptions } from "@tanstack/react-query";
import { call, callVersioned, segment, type Versioned } from "../api/call";
import { editedOptions } from "../api/edited";
import { listOptions, namesOf, type Reference } from "../api/list";

export const RESOURCE_KINDS = ["tcp", "ssh", "http", "kubernetes", "postgres", "mysql"] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Something that an agent reaches. */
export interface Resource {
  id: string;
  name: string;
  kind: ResourceKind;
  agent: Reference & { state: string };
  host: string;
  port: number;
  labels: Record<string, string>;
  createdAt: string;
  updatedAt: string;
}

/** What a person says about a resource. */
export interface ResourceDraft {
  name: string;
  kind: ResourceKind;
  agent: string;
  host: string;
  port: number;
  labels: Record<string, string>;
}

export interface ResourceFilter {
  q?: string;
  kind?: ResourceKind;
  /** Each as `key=value`; a resource must have all of them. */
  label?: string[];
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
  return listOptions<Resource>(PATH, { q, kind, label }, { pollMillis: POLL_MILLIS });
}

export const resourceNames = namesOf(PATH);

/** One resource with the version that a change must name. */
export function resourceQuery(idOrName: string) {
  return queryOptions({
    queryKey: [PATH, "one", idOrName],
    queryFn: ({ signal }) => readResource(idOrName, signal),
    staleTime: 0,
  });
}

export function editedResourceQuery(name: string) {
  return editedOptions<Resource>(PATH, name);
}

export function readResource(idOrName: string, signal?: AbortSignal): Promise<Versioned<Resource>> {
  return callVersioned<Resource>(pathOf(idOrName), { signal });
}

export function createResource(draft: ResourceDraft, idempotencyKey: string): Promise<Resource> {
  return call<Resource>(PATH, { method: "POST", body: draft, idempotencyKey });
}

export function changeResource({ value, etag }: Versioned<Resource>, draft: ResourceDraft): Promise<Resource> {
  return call<Resource>(pathOf(value.id), { method: "PUT", body: draft, ifMatch: etag });
}

export function deleteResource({ value, etag }: Versioned<Resource>): Promise<void> {
  return call<void>(pathOf(value.id), { method: "DELETE", ifMatch: etag });
}

function pathOf(idOrName: string): string {
  return `${PATH}/${segment(idOrName)}`;
}
