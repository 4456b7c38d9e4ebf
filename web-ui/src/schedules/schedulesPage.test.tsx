import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { taskTypesQuery } from "../tasks/tasks";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, ECHO, HTTP_REQUEST, sampleSchedule, sampleTask } from "../testing/samples";

function apiWith(schedule = sampleSchedule()): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: ADMIN })
    .on("GET /task-types", { body: { items: [ECHO, HTTP_REQUEST] } })
    .on("GET /queues", { body: { items: [], next: null } })
    .on("GET /schedules", { body: { items: [schedule], next: null } })
    .on("GET /schedules/nightly", { body: schedule, headers: { ETag: '"5"' } });
}

test("a schedule says when it runs", async () => {
  apiWith(sampleSchedule({ when: { every: "PT15M" } }));
  renderUi("/schedules");

  await screen.findByRole("link", { name: "nightly" });

  expect(screen.getAllByText("every 15 minutes").length).toBeGreaterThan(0);
});

test("a new schedule is sent with its interval and its task", async () => {
  const api = apiWith().on("POST /schedules", { status: 201, body: sampleSchedule() });
  renderUi("/schedules?dialog=create");

  await userEvent.type(await screen.findByLabelText(/^Name/), "nightly");
  await userEvent.click(screen.getByRole("button", { name: "Create schedule" }));

  await waitFor(() => expect(api.to("POST /schedules")).toHaveLength(1));
  expect(api.to("POST /schedules")[0]?.body).toEqual({
    name: "nightly",
    when: { every: "PT15M" },
    jitterSeconds: 0,
    missedRuns: "skip",
    task: { type: "echo", input: { message: "hello" }, retry: { maxFailures: 1 } },
  });
});

test("a change keeps what the form does not show and names the version it was made from", async () => {
  const api = apiWith().on("PUT /schedules/s-1", { body: sampleSchedule() });
  renderUi("/schedules?dialog=edit&name=nightly");

  const cron = await screen.findByLabelText(/^Cron expression/);
  await userEvent.clear(cron);
  await userEvent.type(cron, "30 2 * * *");
  await userEvent.click(screen.getByRole("button", { name: "Save changes" }));

  await waitFor(() => expect(api.to("PUT /schedules/s-1")).toHaveLength(1));
  const [request] = api.to("PUT /schedules/s-1");
  expect(request?.headers.get("If-Match")).toBe('"5"');
  expect(request?.body).toMatchObject({
    when: { cron: "30 2 * * *", zone: "Europe/Berlin" },
    task: { type: "echo", labels: { team: "a" }, retry: { maxFailures: 3, backoffSeconds: 9 } },
  });
});

test("who is told of the end of each task is shown, and may be nobody", async () => {
  const told = sampleSchedule({ task: { ...sampleSchedule().task, callback: { url: "https://example.org/done" } } });
  const api = apiWith(told).on("PUT /schedules/s-1", problem(409, "callback-secret-missing", { title: "No secret" }));
  renderUi("/schedules?dialog=edit&name=nightly");

  const callback = await screen.findByLabelText<HTMLInputElement>("Callback");
  expect(callback.value).toBe("https://example.org/done");
  await userEvent.click(screen.getByRole("button", { name: "Save changes" }));
  const remedy = await screen.findByRole("link", { name: /^Make the secret in the Console/ });
  expect(remedy.getAttribute("href")).toBe("/console/settings?dialog=callback-secret");

  api.on("PUT /schedules/s-1", { body: sampleSchedule() });
  await userEvent.clear(callback);
  await userEvent.click(screen.getByRole("button", { name: "Save changes" }));
  await waitFor(() => expect(api.to("PUT /schedules/s-1")).toHaveLength(2));
  const bodies = api.to("PUT /schedules/s-1").map(({ body }) => body as { task: { callback?: unknown } });
  expect(bodies.map(({ task }) => task.callback)).toEqual([{ url: "https://example.org/done" }, undefined]);
});

test("a form begins with what is there, not with what another dialog has read before", async () => {
  const api = apiWith().on("PUT /schedules/s-1", { body: sampleSchedule() });
  const { router, queries } = renderUi("/schedules?dialog=delete&name=nightly");
  await queries.ensureQueryData(taskTypesQuery);
  const deletion = await screen.findByRole<HTMLButtonElement>("button", { name: "Delete schedule" });
  await waitFor(() => expect(deletion.disabled).toBe(false));

  api.on("GET /schedules/nightly", { body: sampleSchedule({ jitterSeconds: 60 }), headers: { ETag: '"6"' } });
  await router.navigate({ to: "/schedules", search: { dialog: "edit", name: "nightly" } });
  await userEvent.click(await screen.findByRole("button", { name: "Save changes" }));

  await waitFor(() => expect(api.to("PUT /schedules/s-1")).toHaveLength(1));
  expect(api.to("PUT /schedules/s-1")[0]?.headers.get("If-Match")).toBe('"6"');
  expect(api.to("PUT /schedules/s-1")[0]?.body).toMatchObject({ jitterSeconds: 60 });
});

test("an expression that the server refuses is marked at its field", async () => {
  const errors = [{ pointer: "/when/cron", detail: "there is no such day" }];
  apiWith().on("PUT /schedules/s-1", problem(400, "invalid-input", { errors }));
  renderUi("/schedules?dialog=edit&name=nightly");

  await userEvent.click(await screen.findByRole("button", { name: "Save changes" }));

  expect(await screen.findByText("there is no such day")).toBeTruthy();
  expect(screen.getByLabelText(/^Cron expression/).getAttribute("aria-invalid")).toBe("true");
});

test("running it now leads to the task", async () => {
  apiWith()
    .on("POST /schedules/s-1:run", { status: 202, body: { task: "t-1" } })
    .on("GET /tasks/t-1", { body: sampleTask() });
  const { router } = renderUi("/schedules");

  await userEvent.click(await screen.findByRole("button", { name: "Run now: nightly" }));

  await waitFor(() => expect(router.state.location.href).toBe("/tasks/t-1"));
});
