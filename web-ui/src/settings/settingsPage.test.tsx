import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN } from "../testing/samples";
import { quotaQuery } from "./workspace";

const TOKEN = { id: "k-1", name: "backup", createdAt: "2026-11-01T10:00:00Z" };
const HERE = {
  id: "s-1",
  client: "Firefox on Linux",
  address: "10.0.0.7",
  signedInAt: "2026-11-01T10:00:00Z",
  lastSeenAt: "2026-11-01T11:00:00Z",
  current: true,
};

function apiWith(role = "owner"): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: { ...ADMIN, role } })
    .on("GET /tokens", { body: { items: [TOKEN] } })
    .on("GET /sessions", { body: { items: [HERE, { ...HERE, id: "s-2", client: "curl", current: false }] } })
    .on("GET /users", { body: { items: [{ id: "u-1", username: "ada", role, createdAt: TOKEN.createdAt }] } })
    .on("GET /quota", { body: { queuedTasks: 20, queuedTasksRunning: 12 } });
}

test("a token is shown once", async () => {
  const api = apiWith().on("POST /tokens", { status: 201, body: { ...TOKEN, id: "k-2", token: "bsc_very-secret" } });
  renderUi("/settings?tab=you&dialog=token");

  await userEvent.type(await screen.findByLabelText(/^Name/), "nightly");
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Create token" }));
  expect(await screen.findByText("bsc_very-secret")).toBeTruthy();
  await userEvent.keyboard("{Escape}");
  expect(screen.getByText("bsc_very-secret")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "I have stored it" }));

  await waitFor(() => expect(screen.queryByText("bsc_very-secret")).toBeNull());
  expect(api.to("POST /tokens")[0]?.body).toEqual({ name: "nightly", expiresInDays: 90 });
});

test("another session is signed out, and this one has no button for it", async () => {
  const api = apiWith().on("DELETE /sessions/s-2", { status: 204 });
  renderUi("/settings");
  await screen.findByText("This one");

  await userEvent.click(screen.getByRole("button", { name: "Sign out curl" }));

  await waitFor(() => expect(api.to("DELETE /sessions/s-2")).toHaveLength(1));
  expect(screen.queryByRole("button", { name: "Sign out Firefox on Linux" })).toBeNull();
});

test("an owner adds a person with a role", async () => {
  const api = apiWith().on("POST /users", { status: 201, body: { id: "u-2", username: "grace", role: "operator" } });
  renderUi("/settings?tab=people&dialog=user");

  await userEvent.type(await screen.findByLabelText(/^Username/), "grace");
  await userEvent.type(screen.getByLabelText(/^First password/), "correct horse");
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Add person" }));

  expect(await screen.findByText("grace may sign in as operator")).toBeTruthy();
  expect(api.to("POST /users")[0]?.body).toEqual({ username: "grace", password: "correct horse", role: "operator" });
});

test("a name that is taken is told at its field", async () => {
  const errors = [{ pointer: "/username", detail: "is taken" }];
  apiWith().on("POST /users", problem(409, "username-taken", { errors }));
  renderUi("/settings?tab=people&dialog=user");

  await userEvent.type(await screen.findByLabelText(/^Username/), "ada");
  await userEvent.type(screen.getByLabelText(/^First password/), "correct horse");
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Add person" }));

  expect(await screen.findByText("is taken")).toBeTruthy();
});

test("an emptied quota is lifted", async () => {
  const api = apiWith().on("PUT /quota", { body: { queuedTasksRunning: 12 } });
  renderUi("/settings?tab=workspace");
  await screen.findByText("12 queued tasks run now, of at most 20.");

  await userEvent.clear(screen.getByLabelText("Queued tasks at once, over all queues"));
  await userEvent.click(screen.getByRole("button", { name: "Save quota" }));

  expect(await screen.findByText("12 queued tasks run now; only the queues limit them.")).toBeTruthy();
  expect(api.to("PUT /quota")[0]?.body).toEqual({ queuedTasks: null });
});

test("what is typed as the quota stays while somebody else sets it, until it is saved", async () => {
  const api = apiWith().on("PUT /quota", { body: { queuedTasks: 7, queuedTasksRunning: 12 } });
  const { queries } = renderUi("/settings?tab=workspace");
  const most = await screen.findByLabelText<HTMLInputElement>("Queued tasks at once, over all queues");
  await userEvent.clear(most);
  await userEvent.type(most, "7");

  api.on("GET /quota", { body: { queuedTasks: 30, queuedTasksRunning: 12 } });
  await queries.invalidateQueries(quotaQuery);
  await screen.findByText("12 queued tasks run now, of at most 30.");
  const quota = () => screen.getByLabelText<HTMLInputElement>("Queued tasks at once, over all queues").value;
  expect(quota()).toBe("7");
  await userEvent.click(screen.getByRole("button", { name: "Save quota" }));
  await screen.findByText("12 queued tasks run now, of at most 7.");

  await queries.invalidateQueries(quotaQuery);
  await waitFor(() => expect(quota()).toBe("30"));
  expect(api.to("PUT /quota")[0]?.body).toEqual({ queuedTasks: 7 });
});

test("who is no owner sees the quota and may not change it", async () => {
  apiWith("admin");
  renderUi("/settings?tab=workspace");

  const most = await screen.findByLabelText("Queued tasks at once, over all queues");

  expect((most as HTMLInputElement).disabled).toBe(true);
});

test("a store that is down and a clock that is wrong are told", async () => {
  const now = new Date(Date.now() - 3_600_000).toISOString();
  apiWith().on("GET /system/info", {
    body: { version: "0.1.0", instance: "api-0", now, stores: { postgresql: "up", redis: "down" } },
  });
  renderUi("/settings?tab=system");

  expect(await screen.findByText("down")).toBeTruthy();
  expect(screen.getByText(/is 1 h ahead of the platform’s/)).toBeTruthy();
});

test("a viewer has no tab about people", async () => {
  apiWith("viewer");
  renderUi("/settings");

  expect(await screen.findByRole("tab", { name: "You" })).toBeTruthy();
  expect(screen.queryByRole("tab", { name: "People" })).toBeNull();
});

test("a viewer who follows a link to the people sees their own tab", async () => {
  apiWith("viewer");
  renderUi("/settings?tab=people");

  expect(await screen.findByRole("table", { name: "Personal tokens" })).toBeTruthy();
  expect(screen.getByRole("tab", { name: "You" }).getAttribute("aria-selected")).toBe("true");
});
