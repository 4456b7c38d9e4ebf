import type { AnswerTo, CallOf, Operation } from "./operations";
import { noteDate } from "./platformTime";
import { ProblemError, readProblem, unreachable } from "./problem";

const ROOT = "/api/v1";
const TIME_LIMIT_MILLIS = 70_000;

/** A call as it is sent, whatever the operation. */
interface Call {
  path?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
  ifMatch?: string;
  idempotencyKey?: string;
  waitSeconds?: number;
  signal?: AbortSignal;
}

/** The call may be left out where nothing must go with it. */
type CallFor<O extends Operation> = Record<never, never> extends CallOf<O> ? [call?: CallOf<O>] : [call: CallOf<O>];

/** A value and the version of it that the server named. */
export interface Versioned<T> {
  value: T;
  etag: string;
}

/**
 * Calls the API as the signed-in browser user and returns the answer's body.
 *
 * @param operation as the API's description has it, below `/api/v1`: `GET /tasks/{id}`
 * @throws ProblemError for every answer that is not 2xx, and when there is none
 */
export async function call<O extends Operation>(operation: O, ...[options]: CallFor<O>): Promise<AnswerTo<O>> {
  const response = await send(operation, options as Call | undefined);
  return read(response);
}

/** Like {@link call}, and keeps the ETag for a later change. */
export async function callVersioned<O extends Operation>(
  operation: O,
  ...[options]: CallFor<O>
): Promise<Versioned<AnswerTo<O>>> {
  const response = await send(operation, options as Call | undefined);
  return { value: await read(response), etag: response.headers.get("ETag") ?? "*" };
}

/** Where an operation is, below `/api/v1`, with each `{name}` replaced by what it stands for. */
export function addressOf(operation: Operation, path: Record<string, string | number> = {}): string {
  const template = operation.slice(operation.indexOf(" ") + 1);
  return template.replace(/\{(\w+)\}/g, (_, name) => segment(String(path[name])));
}

/** One encoded part of a path. */
export function segment(value: string): string {
  return encodeURIComponent(value);
}

async function send(operation: Operation, options: Call = {}): Promise<Response> {
  const response = await attempt(operation, options);
  if (response.ok) {
    return response;
  }
  const problem = await readProblem(response);
  if (problem.code === "csrf-token-missing") {
    // The cookie was lost (another tab signed in, the browser cleaned up): any read sets it again.
    await attempt("GET /session", {});
    const second = await attempt(operation, options);
    if (second.ok) {
      return second;
    }
    throw new ProblemError(await readProblem(second));
  }
  throw new ProblemError(problem);
}

async function attempt(operation: Operation, options: Call): Promise<Response> {
  const method = operation.slice(0, operation.indexOf(" "));
  const limit = AbortSignal.timeout(TIME_LIMIT_MILLIS);
  const sentAt = Date.now();
  try {
    const response = await fetch(ROOT + addressOf(operation, options.path) + search(options.query), {
      method,
      headers: headers(method, options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: "same-origin",
      signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
    });
    noteDate(response.headers.get("Date"), sentAt);
    return response;
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }
    throw new ProblemError(unreachable());
  }
}

/** The description is what says that it is a `T`. */
async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

function headers(method: string, { body, ifMatch, idempotencyKey, waitSeconds }: Call): Headers {
  const headers = new Headers({ Accept: "application/json, application/problem+json" });
  if (body !== undefined) {
    headers.set("Content-Type", "application/json");
  }
  if (ifMatch) {
    headers.set("If-Match", ifMatch);
  }
  if (idempotencyKey) {
    headers.set("Idempotency-Key", idempotencyKey);
  }
  if (waitSeconds !== undefined) {
    headers.set("Prefer", `wait=${waitSeconds}`);
  }
  const token = cookie("XSRF-TOKEN");
  if (method !== "GET" && token) {
    headers.set("X-XSRF-TOKEN", token);
  }
  return headers;
}

function search(query: Record<string, unknown> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) {
      if (value !== undefined && value !== null && value !== "") {
        parameters.append(name, String(value));
      }
    }
  }
  return parameters.size > 0 ? `?${parameters}` : "";
}

function cookie(name: string): string | undefined {
  const start = `${name}=`;
  const pair = document.cookie.split("; ").find((part) => part.startsWith(start));
  return pair && decodeURIComponent(pair.slice(start.length));
}
