import { vi } from "vitest";

/** A request as the fake API has seen it. */
export interface SeenRequest {
  method: string;
  /** Path and query below `/api/v1`. */
  path: string;
  headers: Headers;
  body: unknown;
}

/** What the fake API answers. */
export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

type Handler = (request: SeenRequest) => Answer | Promise<Answer>;

/** Stands in for the platform: answers by `METHOD /path` (without query) and remembers what it was asked. */
export class FakeApi {
  readonly requests: SeenRequest[] = [];
  private readonly handlers = new Map<string, Handler>();

  constructor() {
    vi.stubGlobal("fetch", (url: string, init: RequestInit = {}) => this.answer(url, init));
  }

  on(route: string, handler: Handler | Answer): this {
    this.handlers.set(route, typeof handler === "function" ? handler : () => handler);
    return this;
  }

  /** The requests to a route so far. */
  to(route: string): SeenRequest[] {
    return this.requests.filter((request) => routeOf(request) === route);
  }

  private async answer(url: string, init: RequestInit): Promise<Response> {
    const request: SeenRequest = {
      method: init.method ?? "GET",
      path: url.replace("/api/v1", ""),
      headers: new Headers(init.headers),
      body: typeof init.body === "string" ? JSON.parse(init.body) : undefined,
    };
    this.requests.push(request);
    const handler = this.handlers.get(routeOf(request));
    if (!handler) {
      throw new TypeError(`the fake API has no answer for ${routeOf(request)}`);
    }
    const { status = 200, body, headers } = await handler(request);
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  }
}

/** A problem document as the platform sends it. */
export function problem(status: number, code: string, more: Record<string, unknown> = {}): Answer {
  const body = { type: `https://bascule.io/problems/${code}`, title: code, status, code, errors: [], ...more };
  return { status, body, headers: { "Content-Type": "application/problem+json" } };
}

function routeOf({ method, path }: SeenRequest): string {
  return `${method} ${path.split("?")[0]}`;
}
