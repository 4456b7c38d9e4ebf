import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refresh } from "./refresh";

let queries: QueryClient;
let refresh: Refresh;

beforeEach(() => {
  vi.useFakeTimers();
  queries = new QueryClient();
  refresh = new Refresh(queries);
});

afterEach(() => {
  refresh.stop();
  queries.clear();
  vi.useRealTimers();
});

/** Looks at a query as a page does. @returns how often it was read */
function watch(queryKey: unknown[], read: () => Promise<unknown> = async () => "x"): () => number {
  const queryFn = vi.fn(read);
  new QueryObserver(queries, { queryKey, queryFn }).subscribe(() => {});
  return () => queryFn.mock.calls.length;
}

function taskEvent(subject: string, what = "finished") {
  const type = `io.bascule.task.${what}`;
  return { type, id: subject, data: JSON.stringify({ type, subject }) };
}

test("an event reads again the lists and the one task that it is about", async () => {
  const list = watch(["/tasks", "list", {}]);
  const one = watch(["/tasks", "one", "t-1"]);
  const other = watch(["/tasks", "one", "t-2"]);
  const agents = watch(["/agents", "list", {}]);
  await vi.advanceTimersByTimeAsync(0);

  refresh.changed(taskEvent("t-1"));
  await vi.advanceTimersByTimeAsync(150);

  expect([list(), one(), other(), agents()]).toEqual([2, 2, 1, 1]);
});

test("a tunnel that opens reads again what the workspace holds", async () => {
  const summary = watch(["/summary"]);
  const agents = watch(["/agents", "list", {}]);
  await vi.advanceTimersByTimeAsync(0);

  refresh.changed({ type: "io.bascule.tunnel.opened", id: "1", data: "{}" });
  await vi.advanceTimersByTimeAsync(150);

  expect([summary(), agents()]).toEqual([2, 1]);
});

test("a thousand tasks that end within two seconds cost a few readings", async () => {
  const list = watch(["/tasks", "list", {}]);
  const open = watch(["/tasks", "one", "t-999"]);
  await vi.advanceTimersByTimeAsync(0);

  for (let task = 0; task < 1_000; task++) {
    refresh.changed(taskEvent(`t-${task}`));
    await vi.advanceTimersByTimeAsync(2);
  }
  await vi.advanceTimersByTimeAsync(5_000);

  expect(list()).toBeGreaterThan(2);
  expect(list()).toBeLessThanOrEqual(4);
  expect(open()).toBeGreaterThan(1);
});

test("a slow answer is waited for before the next reading", async () => {
  let answer = () => {};
  const slow = () => new Promise((resolve) => (answer = () => resolve("x")));
  const list = watch(["/tasks", "list", {}], slow);
  answer();
  await vi.advanceTimersByTimeAsync(0);

  refresh.changed(taskEvent("t-1"));
  await vi.advanceTimersByTimeAsync(150);
  refresh.changed(taskEvent("t-2"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(list()).toBe(2);
  answer();
  await vi.advanceTimersByTimeAsync(1_000);

  expect(list()).toBe(3);
});

test("what nobody looks at is read when somebody does", async () => {
  queries.setQueryData(["/tasks", "one", "t-1"], "old");

  refresh.changed(taskEvent("t-1"));
  await vi.advanceTimersByTimeAsync(150);

  expect(queries.getQueryState(["/tasks", "one", "t-1"])?.isInvalidated).toBe(true);
});

test("a gap in the events reads everything on the screen", async () => {
  const reads = [watch(["/tasks", "one", "t-1"]), watch(["/tunnels", "list", {}]), watch(["/agents", "list", {}])];
  await vi.advanceTimersByTimeAsync(0);

  refresh.allChanged();
  await vi.advanceTimersByTimeAsync(150);

  expect(reads.map((read) => read())).toEqual([2, 2, 2]);
});

test("a list of many pages is left as it is", async () => {
  const list = watch(["/tasks", "list", {}], async () => ({ pages: [1, 2, 3, 4, 5] }));
  await vi.advanceTimersByTimeAsync(0);

  refresh.changed(taskEvent("t-1"));
  await vi.advanceTimersByTimeAsync(150);

  expect(list()).toBe(1);
});

test("events that mean nothing to us change nothing", async () => {
  const list = watch(["/tasks", "list", {}]);
  await vi.advanceTimersByTimeAsync(0);

  refresh.changed({ type: "io.bascule.moon.risen", id: "1", data: "{}" });
  refresh.changed({ type: "io.bascule.task.finished", id: "2", data: "no JSON" });
  await vi.advanceTimersByTimeAsync(150);

  expect(list()).toBe(2);
});
