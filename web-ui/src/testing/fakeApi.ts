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
  /** In place of a body: what comes bit by bit. */
  stream?: FakeEvents;
}

type Handler = (request: SeenRequest) => Answer | Promise<Answer>;

/** Stands in for the platform: answers by `METHOD /path` (without query) and remembers what it was asked. */
export class FakeApi {
  readonly requests: SeenRequest[] = [];
  private readonly handlers = new Map<string, Handler>();

  /** Everybody signed in follows the events; here none happen unless a test says so. */
  constructor() {
    this.on("GET /events", () => ({ stream: new FakeEvents() }));
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
    const { status = 200, body, headers, stream } = await handler(request);
    init.signal?.addEventListener("abort", () => stream?.fail());
    return new Response(stream?.body ?? (body === undefined ? null : JSON.stringify(body)), { status, headers });
  }
}

/** A stream of server-sent events that a test writes. */
export class FakeEvents {
  readonly body: ReadableStream<Uint8Array>;
  private readonly encoder = new TextEncoder();
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor() {
    this.body = new ReadableStream({
      start: (controller) => {
        this.controller = controller;
      },
    });
  }

  write(text: string): void {
    this.controller?.enqueue(this.encoder.encode(text));
  }

  /** Writes an event as the platform does. */
  event(type: string, subject: string, id = `${type}-${subject}`): void {
    this.write(`event:${type}\nid:${id}\ndata:${JSON.stringify({ type, id, subject })}\n\n`);
  }

  end(): void {
    this.controller?.close();
  }

  /** Breaks off, as when the reader goes away. */
  fail(): void {
    this.controller?.error(new DOMException("aborted", "AbortError"));
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
