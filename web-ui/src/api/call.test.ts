import { describe, expect, test, vi } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { call, callVersioned } from "./call";
import { ProblemError } from "./problem";

async function problemOfCall() {
  const error = await call("GET /tasks").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problem;
}

describe("a call", () => {
  test("leaves out what is not filtered by", async () => {
    const api = new FakeApi().on("GET /tasks", { body: { items: [] } });

    await call("GET /tasks", { query: { state: "failed", type: undefined, queue: "", cursor: null, limit: 50 } });

    expect(api.requests[0]?.path).toBe("/tasks?state=failed&limit=50");
  });

  test("sends the CSRF token of the cookie with a change and not with a read", async () => {
    const api = new FakeApi().on("GET /agents", { body: {} }).on("POST /agents", { body: {} });

    await call("GET /agents");
    await call("POST /agents", { body: { name: "berlin" } });

    expect(api.requests.map(({ headers }) => headers.get("X-XSRF-TOKEN"))).toEqual([null, "the-token"]);
  });

  test("gets a new CSRF token and tries again when the server misses it", async () => {
    let refusals = 1;
    const api = new FakeApi()
      .on("GET /session", { body: {} })
      .on("POST /agents", () => (refusals-- > 0 ? problem(403, "csrf-token-missing") : { body: { id: "a-1" } }));

    await expect(call("POST /agents", { body: { name: "berlin" } })).resolves.toEqual({ id: "a-1" });

    expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /agents",
      "GET /session",
      "POST /agents",
    ]);
  });

  test("keeps the version that the server names", async () => {
    new FakeApi().on("GET /resources/db%2F1", { body: { name: "db" }, headers: { ETag: '"7"' } });

    await expect(callVersioned("GET /resources/{idOrName}", { path: { idOrName: "db/1" } })).resolves.toEqual({
      value: { name: "db" },
      etag: '"7"',
    });
  });

  test("answers nothing for an empty body", async () => {
    new FakeApi().on("DELETE /session", { status: 204 });

    await expect(call("DELETE /session")).resolves.toBeUndefined();
  });
});

describe("a refused call", () => {
  test("carries the problem document with its field errors and trace", async () => {
    const errors = [{ pointer: "/input/url", detail: "is required" }];
    new FakeApi().on(
      "GET /tasks",
      problem(400, "invalid-input", { title: "Wrong input", detail: "Correct it.", errors, traceId: "4bf9" }),
    );

    expect(await problemOfCall()).toEqual({
      status: 400,
      code: "invalid-input",
      title: "Wrong input",
      detail: "Correct it.",
      errors,
      traceId: "4bf9",
      retryAfterSeconds: undefined,
    });
  });

  test("carries how long to wait", async () => {
    new FakeApi().on("GET /tasks", { ...problem(429, "too-many-waiting"), headers: { "Retry-After": "7" } });

    expect(await problemOfCall()).toMatchObject({ code: "too-many-waiting", retryAfterSeconds: 7 });
  });

  test("is told in words when a proxy answers with a page", async () => {
    vi.stubGlobal("fetch", async () => new Response("<html>Bad Gateway</html>", { status: 502 }));

    expect(await problemOfCall()).toMatchObject({ code: "http-502", title: "Back in a moment" });
  });

  test("is told in words when nothing answers", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });

    expect(await problemOfCall()).toMatchObject({ status: 0, code: "unreachable" });
  });
});
