import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, sampleQueue } from "../testing/samples";

function apiWith(queue = sampleQueue(), role = ADMIN.role): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: { ...ADMIN, role } })
    .on("GET /queues", { body: { items: [queue], next: null } })
    .on("GET /queues/reports", { body: queue, headers: { ETag: '"3"' } });
}

test("a queue shows what it holds and can be paused", async () => {
  const api = apiWith(sampleQueue({ ready: 1_234, running: 2, concurrencyLimit: 4 }));
  api.on("POST /queues/reports:pause", () => {
    api.on("GET /queues", { body: { items: [sampleQueue({ paused: true })], next: null } });
    return { body: sampleQueue({ paused: true }) };
  });
  renderUi("/console/queues");

  const row = (await screen.findByRole("link", { name: "reports" })).closest("tr") as HTMLElement;
  expect(row.textContent).toContain("1,234");
  expect(row.textContent).toContain("2 of 4");
  await userEvent.click(within(row).getByRole("button", { name: "Pause reports" }));

  expect(await screen.findByText("paused")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Resume reports" })).toBeTruthy();
});

test("what was not counted further is told as more", async () => {
  apiWith(sampleQueue({ ready: 10_001, delayed: 10_000 }));
  renderUi("/console/queues");

  const row = (await screen.findByRole("link", { name: "reports" })).closest("tr") as HTMLElement;

  expect(within(row).getByText("10,000+")).toBeTruthy();
  expect(within(row).getByText("10,000")).toBeTruthy();
});

test("a purge says how many tasks it cancels and goes on until none is left", async () => {
  const api = apiWith(sampleQueue({ ready: 1_500, delayed: 500 }));
  api.on("POST /queues/reports:purge", () => ({
    body: { purged: 1_000, more: api.to("POST /queues/reports:purge").length < 2 },
  }));
  renderUi("/console/queues?dialog=purge&name=reports");

  await screen.findByText(/is cancelled: 2,000 tasks/);
  await userEvent.click(screen.getByRole("button", { name: "Cancel all that waits" }));

  expect(await screen.findByText("2,000 tasks of reports cancelled")).toBeTruthy();
});

test("a new limit names the version it was made from", async () => {
  const api = apiWith().on("PUT /queues/reports", { body: sampleQueue({ concurrencyLimit: 8 }) });
  renderUi("/console/queues?dialog=limit&name=reports");

  const limit = await screen.findByLabelText(/^Tasks at once/);
  await userEvent.clear(limit);
  await userEvent.type(limit, "8");
  await userEvent.click(screen.getByRole("button", { name: "Save limits" }));

  await waitFor(() => expect(api.to("PUT /queues/reports")).toHaveLength(1));
  expect(api.to("PUT /queues/reports")[0]?.headers.get("If-Match")).toBe('"3"');
  expect(api.to("PUT /queues/reports")[0]?.body).toEqual({ concurrencyLimit: 8, keyLimit: 1 });
});

test("a form begins with what is there, not with what another dialog has read before", async () => {
  const api = apiWith().on("PUT /queues/reports", { body: sampleQueue() });
  const { router } = renderUi("/console/queues?dialog=purge&name=reports");
  await screen.findByText(/is cancelled: 0 tasks/);

  api.on("GET /queues/reports", { body: sampleQueue({ concurrencyLimit: 5 }), headers: { ETag: '"4"' } });
  await router.navigate({ to: "/console/queues", search: { dialog: "limit", name: "reports" } });
  await userEvent.click(await screen.findByRole("button", { name: "Save limits" }));

  await waitFor(() => expect(api.to("PUT /queues/reports")).toHaveLength(1));
  expect(api.to("PUT /queues/reports")[0]?.headers.get("If-Match")).toBe('"4"');
  expect(api.to("PUT /queues/reports")[0]?.body).toEqual({ concurrencyLimit: 5, keyLimit: 1 });
});

test("limits that somebody else has changed meanwhile are overwritten only once they were seen", async () => {
  const api = apiWith().on("PUT /queues/reports", problem(412, "revision-outdated"));
  renderUi("/console/queues?dialog=limit&name=reports");
  const limit = await screen.findByLabelText(/^Tasks at once/);
  await userEvent.clear(limit);
  await userEvent.type(limit, "8");

  api.on("GET /queues/reports", { body: sampleQueue({ concurrencyLimit: 5 }), headers: { ETag: '"4"' } });
  await userEvent.click(screen.getByRole("button", { name: "Save limits" }));
  expect((await screen.findByRole("row", { name: /^Tasks at once/ })).textContent).toBe("Tasks at once85");
  api.on("PUT /queues/reports", { body: sampleQueue({ concurrencyLimit: 8 }) });
  await userEvent.click(screen.getByRole("button", { name: "Save mine over theirs" }));

  await waitFor(() => expect(api.to("PUT /queues/reports")).toHaveLength(2));
  expect(api.to("PUT /queues/reports")[1]?.headers.get("If-Match")).toBe('"4"');
});

test("a viewer reads and changes nothing", async () => {
  apiWith(sampleQueue(), "viewer");
  renderUi("/console/queues");

  expect(((await screen.findByRole("button", { name: "Pause reports" })) as HTMLButtonElement).disabled).toBe(true);
  expect(screen.queryByRole("button", { name: "More about reports" })).toBeNull();
});
