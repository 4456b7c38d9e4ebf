import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeApi, FakeEvents, problem } from "../testing/fakeApi";
import { EventStream } from "./eventStream";
import type { ServerEvent } from "./sse";

let seen: string[];
let stream: EventStream;

beforeEach(() => {
  vi.useFakeTimers();
  seen = [];
  stream = new EventStream({
    onOpen: (gap) => seen.push(gap ? "open with a gap" : "open"),
    onEvent: ({ data }: ServerEvent) => seen.push(data),
    onAway: () => seen.push("away"),
    onSignedOut: () => seen.push("signed out"),
  });
});

afterEach(() => {
  stream.stop();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

/** Who asks again is given another stream. */
function apiWithTwoStreams() {
  const first = new FakeEvents();
  const second = new FakeEvents();
  const api = new FakeApi();
  api.on("GET /events", () => ({ stream: api.to("GET /events").length > 1 ? second : first }));
  return { api, first, second };
}

test("a stream that breaks goes on after the last event that was seen", async () => {
  const { api, first, second } = apiWithTwoStreams();
  stream.start();
  await settle();
  first.write("id:41\ndata:one\n\n");
  await settle();
  first.end();
  await settle();
  await vi.advanceTimersByTimeAsync(1_000);
  second.write("id:42\ndata:two\n\n");
  await settle();

  expect(seen).toEqual(["open with a gap", "one", "away", "open", "two"]);
  expect(api.to("GET /events").map(({ headers }) => headers.get("Last-Event-ID"))).toEqual([null, "41"]);
});

test("a stream that breaks before its first event goes on where it began", async () => {
  const { api, first, second } = apiWithTwoStreams();
  stream.start();
  await settle();
  first.write(": watching\n\nid:40\n\n");
  await settle();
  first.end();
  await vi.advanceTimersByTimeAsync(1_000);
  second.write("id:41\ndata:one\n\n");
  await settle();

  expect(seen).toEqual(["open with a gap", "away", "open", "one"]);
  expect(api.to("GET /events").map(({ headers }) => headers.get("Last-Event-ID"))).toEqual([null, "40"]);
});

test("tries become rarer, at random, and never stop", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.999);
  const api = new FakeApi().on("GET /events", problem(503, "starting"));
  stream.start();
  await settle();
  const tries = [];
  for (let second = 0; second < 120; second++) {
    tries.push(api.to("GET /events").length);
    await vi.advanceTimersByTimeAsync(1_000);
  }

  expect([tries[0], tries[1], tries[3], tries[7], tries[15]]).toEqual([1, 2, 3, 4, 5]);
  expect(tries[119]).toBe(8);
});

test("the browser's network coming back ends the wait", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.999);
  const api = new FakeApi().on("GET /events", problem(503, "starting"));
  stream.start();
  await settle();

  window.dispatchEvent(new Event("online"));
  await settle();

  expect(api.to("GET /events")).toHaveLength(2);
});

test("a connection that says nothing for long is given up", async () => {
  new FakeApi().on("GET /events", () => ({ stream: new FakeEvents() }));
  stream.start();
  await settle();
  expect(seen).toEqual(["open with a gap"]);

  await vi.advanceTimersByTimeAsync(40_000);

  expect(seen).toContain("away");
});

test("words from the server keep the connection", async () => {
  const events = new FakeEvents();
  new FakeApi().on("GET /events", () => ({ stream: events }));
  stream.start();
  for (let quarter = 0; quarter < 8; quarter++) {
    await vi.advanceTimersByTimeAsync(15_000);
    events.write(": quiet\n\n");
  }

  expect(seen).toEqual(["open with a gap"]);
});

test("without a session it stops and says so", async () => {
  const api = new FakeApi().on("GET /events", problem(401, "sign-in-required"));
  stream.start();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(seen).toEqual(["signed out"]);
  expect(api.to("GET /events")).toHaveLength(1);
});

test("once stopped it tells nothing more and can be gone on with", async () => {
  const events = new FakeEvents();
  new FakeApi().on("GET /events", () => ({ stream: events }));
  stream.start();
  await settle();
  events.write("id:7\ndata:one\n\n");
  await settle();

  expect(stream.stop()).toBe("7");
  await vi.advanceTimersByTimeAsync(60_000);

  expect(seen).toEqual(["open with a gap", "one"]);
});
