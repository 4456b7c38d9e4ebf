import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { FakeApi, FakeEvents } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, sampleTask } from "../testing/samples";
import { followLog, NO_LOG } from "./taskLog";

const LOG = "GET /tasks/t-1/log/events";

function apiWith(...streams: FakeEvents[]): FakeApi {
  const api = new FakeApi().on("GET /session", { body: ADMIN }).on("GET /tasks/t-1", {
    body: sampleTask({ state: "running", result: undefined, finishedAt: undefined }),
  });
  return api.on(LOG, () => ({ stream: streams[api.to(LOG).length - 1] ?? new FakeEvents() }));
}

function say(stream: FakeEvents, id: string, text: string, level = "info"): void {
  const line = { id, attempt: Number(id.split("-")[0]), time: "2026-11-01T10:00:02.345Z", level, text };
  stream.write(`event:line\nid:${id}\ndata:${JSON.stringify(line)}\n\n`);
}

test("what a task says appears while it runs, with its attempts told apart", async () => {
  const stream = new FakeEvents();
  apiWith(stream);
  renderUi("/tasks/t-1");
  await screen.findByText("Nothing yet.");

  say(stream, "1-1", "fetching");
  say(stream, "1-2", "no answer", "error");
  say(stream, "2-1", "fetching again");

  const log = await screen.findByRole("log");
  await waitFor(() => expect(log.textContent).toContain("fetching again"));
  expect(log.textContent).toContain("10:00:02.345fetching");
  expect(screen.getByText("Attempt 2")).toBeTruthy();
  expect(screen.getByText("no answer").parentElement?.dataset.level).toBe("error");
});

test("hostile words stay words", async () => {
  const stream = new FakeEvents();
  apiWith(stream);
  renderUi("/tasks/t-1");
  await screen.findByText("Nothing yet.");

  say(stream, "1-1", "<img src=x onerror=alert(1)> \u001b[31mred\u0007 \u202etxt.exe");

  const log = await screen.findByRole("log");
  await waitFor(() => expect(log.textContent).toContain("<img src=x onerror=alert(1)> [31mred txt.exe"));
  expect(log.querySelector("img")).toBeNull();
});

test("a connection that breaks goes on after the last line, and the end is the end", async () => {
  const first = new FakeEvents();
  const second = new FakeEvents();
  const api = apiWith(first, second);
  renderUi("/tasks/t-1");
  await screen.findByText("Nothing yet.");
  say(first, "1-1", "one");
  await screen.findByText("one");

  act(() => first.end());
  await screen.findByText("connection lost, trying again");
  await waitFor(() => expect(api.to(LOG)).toHaveLength(2), { timeout: 3_000 });
  expect(api.to(LOG)[1]?.headers.get("Last-Event-ID")).toBe("1-1");
  say(second, "1-2", "two");
  second.write('event:end\ndata:{"state":"succeeded"}\n\n');

  await screen.findByText("two");
  expect(screen.getAllByText("one")).toHaveLength(1);
  await waitFor(() => expect(screen.queryByText("live")).toBeNull());
  expect(api.to(LOG)).toHaveLength(2);
});

test("a flood fills neither the page nor its memory", async () => {
  const stream = new FakeEvents();
  apiWith(stream);
  let log = NO_LOG;
  const most = 2_000;
  const keep = (changed: typeof log) => {
    log = changed;
  };
  const stop = followLog("t-1", keep, most);

  for (let line = 1; line <= most + 500; line += 1) {
    say(stream, `1-${line}`, `line ${line}`);
  }

  await waitFor(() => expect(log.lines.at(-1)?.text).toBe(`line ${most + 500}`));
  expect(log.lines).toHaveLength(most);
  expect(log.dropped).toBe(500);
  stop();
});
