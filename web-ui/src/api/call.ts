import { ProblemError, readProblem, unreachable } from "./problem";

const ROOT = "/api/v1";
const TIME_LIMIT_MILLIS = 70_000;

export type Query = Record<string, string | number | readonly string[] | null | undefined>;

export interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  query?: Query;
  body?: unknown;
  /** The version the caller has seen (its ETag); the server refuses when there is a newer one. */
  ifMatch?: string;
  /** Makes a repeated POST harmless; one key per thing the user wants created. */
  idempotencyKey?: string;
  /** How long the answer may wait for the end of what is asked for. */
  waitSeconds?: number;
  signal?: AbortSignal;
}

/** A value and the version of it that the server named. */
export interface Versioned<T> {
  value: T;
  etag: string;
}

/**
 * Calls the API as the signed-in browser user and returns the answer's body.
 *
 * @param path below `/api/v1`, its parts already encoded (see {@link segment})
 * @throws ProblemError for every answer that is not 2xx, and when there is none
 */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const response = await send(path, options);
  return read<T>(response);
}

/** Like {@link call}, and keeps the ETag for a later change. */
export async function callVersioned<T>(path: string, options: Call = {}): Promise<Versioned<T>> {
  const response = await send(path, options);
  return { value: await read<T>(response), etag: response.headers.get("ETag") ?? "*" };
}

/** One encoded part of a path. */
export function segment(value: string): string {
  return encodeURIComponent(value);
}

async function send(path: string, options: Call): Promise<Response> {
  const response = await attempt(path, options);
  if (response.ok) {
    return response;
  }
  const problem = await readProblem(response);
  if (problem.code === "csrf-token-missing") {
    // The cookie was lost (another tab signed in, the browser cleaned up): any read sets it again.
    await attempt("/session", {});
    const second = await attempt(path, options);
    if (second.ok) {
      return second;
    }
    throw new ProblemError(await readProblem(second));
  }
  throw new ProblemError(problem);
}

async function attempt(path: string, options: Call): Promise<Response> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MILLIS);
  try {
    return await fetch(ROOT + path + search(options.query), {
      method: options.method ?? "GET",
      headers: headers(options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: "same-origin",
      signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
    });
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }
    throw new ProblemError(unreachable());
  }
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

function headers({ method = "GET", body, ifMatch, idempotencyKey, waitSeconds }: Call): Headers {
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

function search(query: Query = {}): string {
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
