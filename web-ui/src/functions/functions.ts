import { queryOptions } from "@tanstack/react-query";
import { call, callVersioned, type Versioned } from "../api/call";
import { listOptions } from "../api/list";
import type { Schemas } from "../api/operations";
import type { Task } from "../tasks/tasks";

/** Code under a name, in versions that never change. */
export type FunctionSummary = Schemas["FunctionView"];

export type Runtime = FunctionSummary["runtime"];

/** A version with its code, as lists do not have it. */
export type FunctionVersion = Schemas["FunctionVersionView"] & { source: string; bundle?: Bundle };

/** Code of several files. */
export type Bundle = Required<Schemas["FunctionBundleView"]>;

/** A function with the code of one of its versions. */
export type OneFunction = FunctionSummary & { version: FunctionVersion };

/** A name that stands for one version of a function until it is pointed to another. */
export type Alias = Schemas["FunctionAliasView"];

/** What a version has otherwise than another one. */
export type VersionChanges = Schemas["FunctionVersionChanges"];

/** What a person says about a version: its code in one text, and what it may. */
export type VersionDraft = Pick<
  FunctionVersion,
  "source" | "timeoutSeconds" | "memoryMib" | "egress" | "secrets" | "resources"
>;

export const TIMEOUT_SECONDS = { least: 1, most: 900 };
export const MEMORY_MIB = { least: 96, most: 1024 };

/** What a new function starts from. */
const STARTERS: Record<Runtime, string> = {
  javascript: `async function handler(input, context) {
  console.log('called by task', context.job);
  return { hello: input?.name ?? 'world' };
}
`,
  python: `def handler(input, context):
    print('called by task', context.job)
    return {'hello': input.get('name', 'world')}
`,
};

const PATH = "/functions";
const LIVE = "live";
const POLL_MILLIS = 15_000;
/** Longer ones are followed, so that one sees what they say meanwhile and can cancel them. */
const MOMENT_SECONDS = 1;

export const FUNCTIONS_KEY = [PATH];

export const functionsList = listOptions("GET /functions", {}, { pollMillis: POLL_MILLIS });

/** The latest version as it is now. */
export function functionQuery(name: string) {
  return queryOptions({
    queryKey: [PATH, "one", name],
    queryFn: ({ signal }) => withCode(call("GET /functions/{name}", { path: { name }, signal })),
    refetchInterval: POLL_MILLIS,
  });
}

/** One version, which never changes. */
export function versionQuery(name: string, version: number) {
  return queryOptions({
    queryKey: [PATH, "version", name, version],
    queryFn: ({ signal }) =>
      withCode(call("GET /functions/{name}/versions/{number}", { path: { name, number: version }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The names of its versions, of which it has twenty at most. */
export function aliasesQuery(name: string) {
  return queryOptions({
    queryKey: [PATH, "aliases", name],
    queryFn: ({ signal }) => call("GET /functions/{name}/aliases", { path: { name }, signal }),
    refetchInterval: POLL_MILLIS,
  });
}

/** Which version runs where none is named, with the state that a change must name. */
export function liveQuery(name: string) {
  return queryOptions({
    queryKey: [PATH, "live", name],
    queryFn: ({ signal }) =>
      callVersioned("GET /functions/{name}/aliases/{alias}", { path: { name, alias: LIVE }, signal }),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** How a version differs from another; neither ever changes. */
export function changesQuery(name: string, version: number, since: number) {
  return queryOptions({
    queryKey: [PATH, "changes", name, version, since],
    queryFn: ({ signal }) =>
      call("GET /functions/{name}/versions/{number}/changes", {
        path: { name, number: version },
        query: { since },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** @param seen what is live so far */
export function makeLive(name: string, version: number, { etag }: Versioned<Alias>): Promise<Alias> {
  const path = { name, alias: LIVE };
  return call("PUT /functions/{name}/aliases/{alias}", { path, body: { version }, ifMatch: etag });
}

export function createFunction({ name, runtime }: { name: string; runtime: Runtime }): Promise<OneFunction> {
  return withCode(call("POST /functions", { body: { name, runtime, source: STARTERS[runtime] } }));
}

/** Deletes it with all its versions; what runs goes on. */
export function deleteFunction(name: string): Promise<void> {
  return call("DELETE /functions/{name}", { path: { name } });
}

/** @param live false when what is live so far is to stay it */
export function addVersion(name: string, draft: VersionDraft, live = true): Promise<OneFunction> {
  return withCode(call("POST /functions/{name}/versions", { path: { name }, body: live ? draft : { ...draft, live } }));
}

/** Submits the task that runs a version; one that takes no longer than a moment has ended in the answer. */
export function runFunction(name: string, version: number, input: unknown, idempotencyKey: string): Promise<Task> {
  const path = { name };
  const body = { input, version };
  return call("POST /functions/{name}:run", { path, body, idempotencyKey, waitSeconds: MOMENT_SECONDS });
}

/** Who asks for one function gets the code with it. */
async function withCode(asked: Promise<FunctionSummary>): Promise<OneFunction> {
  return (await asked) as OneFunction;
}
