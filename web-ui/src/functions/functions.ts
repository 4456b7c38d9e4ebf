import { queryOptions } from "@tanstack/react-query";
import { call, segment } from "../api/call";
import { listOptions } from "../api/list";
import type { Task } from "../tasks/tasks";

export const RUNTIMES = ["javascript", "python"] as const;
export type Runtime = (typeof RUNTIMES)[number];

/** Code under a name, in versions that never change. */
export interface FunctionSummary {
  id: string;
  name: string;
  runtime: Runtime;
  latestVersion: number;
  createdAt: string;
  updatedAt: string;
}

export interface FunctionVersion extends VersionDraft {
  version: number;
  createdAt: string;
}

/** A function with the code of one of its versions. */
export interface OneFunction extends FunctionSummary {
  version: FunctionVersion;
}

/** What a person says about a version. */
export interface VersionDraft {
  source: string;
  timeoutSeconds: number;
  memoryMib: number;
  /** Hosts that it may reach over HTTP; none when empty. */
  egress: string[];
  /** Names of the workspace's secrets that it may read; none when empty. */
  secrets: string[];
  /** Names of the workspace's resources that it may open connections to; missing where the platform cannot do that. */
  resources?: string[];
}

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

export const functionsList = listOptions<FunctionSummary>(PATH, {}, { pollMillis: POLL_MILLIS });

/** The latest version as it is now. */
export function functionQuery(name: string) {
  return queryOptions({
    queryKey: [PATH, "one", name],
    queryFn: ({ signal }) => call<OneFunction>(pathOf(name), { signal }),
    refetchInterval: POLL_MILLIS,
  });
}

/** One version, which never changes. */
export function versionQuery(name: string, version: number) {
  return queryOptions({
    queryKey: [PATH, "version", name, version],
    queryFn: ({ signal }) => call<OneFunction>(`${pathOf(name)}/versions/${version}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function createFunction({ name, runtime }: { name: string; runtime: Runtime }): Promise<OneFunction> {
  return call<OneFunction>(PATH, { method: "POST", body: { name, runtime, source: STARTERS[runtime] } });
}

/** Deletes it with all its versions; what runs goes on. */
export function deleteFunction(name: string): Promise<void> {
  return call<void>(pathOf(name), { method: "DELETE" });
}

export function addVersion(name: string, draft: VersionDraft): Promise<OneFunction> {
  return call<OneFunction>(`${pathOf(name)}/versions`, { method: "POST", body: draft });
}

/** Submits the task that runs a version; one that takes no longer than a moment has ended in the answer. */
export function runFunction(name: string, version: number, input: unknown, idempotencyKey: string): Promise<Task> {
  const body = { input, version };
  return call<Task>(`${pathOf(name)}:run`, { method: "POST", body, idempotencyKey, waitSeconds: MOMENT_SECONDS });
}

function pathOf(name: string): string {
  return `${PATH}/${segment(name)}`;
}
