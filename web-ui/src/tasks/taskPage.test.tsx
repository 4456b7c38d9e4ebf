import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, sampleDelivery, sampleTask } from "../testing/samples";

function apiWith(task: ReturnType<typeof sampleTask>, role = ADMIN.role): FakeApi {
  return new FakeApi().on("GET /session", { body: { ...ADMIN, role } }).on("GET /tasks/t-1", { body: task });
}

test("a finished task shows its result and cannot be cancelled", async () => {
  apiWith(sampleTask({ result: { status: 200 } }));
  renderUi("/tasks/t-1");

  expect((await screen.findByRole("region", { name: "Result" })).textContent).toContain('"status": 200');
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
});

test("a result that is too large to show can be downloaded", async () => {
  apiWith(sampleTask({ result: undefined, largeResult: { bytes: 3_145_728, href: "https://elsewhere.example/x" } }));
  renderUi("/tasks/t-1");

  const link = await screen.findByRole("link", { name: "download" });
  expect(link.getAttribute("href")).toBe("/api/v1/tasks/t-1/result");
});

test("a running task can be cancelled", async () => {
  const api = apiWith(sampleTask({ state: "running", result: undefined, finishedAt: undefined }));
  api.on("POST /tasks/t-1:cancel", () => {
    api.on("GET /tasks/t-1", { body: sampleTask({ state: "cancelled", result: undefined }) });
    return { body: sampleTask({ state: "cancelled" }) };
  });
  renderUi("/tasks/t-1");

  await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));

  expect(await screen.findByText("cancelled")).toBeTruthy();
});

test("a failed task shows why and can be retried", async () => {
  apiWith(sampleTask({ state: "failed", error: { code: "timed-out", message: "No answer in 30 s." } }));
  renderUi("/tasks/t-1");

  expect(await screen.findByText("No answer in 30 s.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Retry" })).toBeTruthy();
});

test("a task that waits says why and leads to what holds it back", async () => {
  const waiting = sampleTask({
    lane: "queued",
    queue: "reports",
    state: "waiting",
    result: undefined,
    finishedAt: undefined,
  });
  const detail = "Its queue reports runs as many tasks as it may: 4 of 4. It is the next.";
  apiWith(waiting).on("GET /tasks/t-1:why", { body: { state: "waiting", reason: "queue-limit", detail } });
  renderUi("/tasks/t-1");

  const why = await screen.findByRole("region", { name: "Why it waits" });

  expect(why.textContent).toContain("4 of 4");
  const link = screen.getByRole("link", { name: "Change the queue’s limits" });
  expect(link.getAttribute("href")).toBe("/console/queues?dialog=limit&name=reports");
});

test("a task with a callback shows whether it was heard, and tells it again", async () => {
  const callback = { url: "https://example.org/done" };
  const failed = sampleDelivery({ state: "failed", attempts: 11, lastStatus: 503 });
  const api = apiWith(sampleTask({ callback }))
    .on("GET /tasks/t-1/callback", { body: { ...callback, deliveries: [failed] } })
    .on("POST /callbacks/deliveries/d-1:redeliver", { status: 202, body: failed });
  renderUi("/tasks/t-1");

  const panel = within(await screen.findByRole("region", { name: "Callback" }));
  expect(await panel.findByText(/503/)).toBeTruthy();
  expect(panel.getByText("https://example.org/done")).toBeTruthy();
  await userEvent.click(panel.getByRole("button", { name: "Redeliver" }));

  expect(await screen.findByText("The callback is sent again")).toBeTruthy();
  expect(api.to("POST /callbacks/deliveries/d-1:redeliver")).toHaveLength(1);
});

test("a task without a callback is not asked for one", async () => {
  const api = apiWith(sampleTask());
  renderUi("/tasks/t-1");

  await screen.findByRole("region", { name: "Result" });

  expect(screen.queryByRole("region", { name: "Callback" })).toBeNull();
  expect(api.to("GET /tasks/t-1/callback")).toEqual([]);
});

test("a viewer sees why they may not retry", async () => {
  apiWith(sampleTask({ state: "failed" }), "viewer");
  renderUi("/tasks/t-1");

  const retry = await screen.findByRole("button", { name: "Retry" });

  expect((retry as HTMLButtonElement).disabled).toBe(true);
  expect(retry.title).toBe("Needs the role operator; yours is viewer.");
});
