import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call";
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

export function createFunction({ name, runtime }: { name: string; runtime: Runtime }): Promise<OneFunction> {
  return withCode(call("POST /functions", { body: { name, runtime, source: STARTERS[runtime] } }));
}

/** Deletes it with all its versions; what runs goes on. */
export function deleteFunction(name: string): Promise<void> {
  return call("DELETE /functions/{name}", { path: { name } });
}

export function addVersion(name: string, draft: VersionDraft): Promise<OneFunction> {
  return withCode(call("POST /functions/{name}/versions", { path: { name }, body: draft }));
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
