import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN } from "../testing/samples";
import { quotaQuery } from "./workspace";

function apiWithQuota(role = "owner"): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: { ...ADMIN, role } })
    .on("GET /quota", { body: { queuedTasks: 20, queuedTasksRunning: 12 } });
}

test("an emptied quota is lifted", async () => {
  const api = apiWithQuota().on("PUT /quota", { body: { queuedTasksRunning: 12 } });
  renderUi("/console/settings");
  await screen.findByText("12 queued tasks run now, of at most 20.");

  await userEvent.clear(screen.getByLabelText("Queued tasks at once, over all queues"));
  await userEvent.click(screen.getByRole("button", { name: "Save quota" }));

  expect(await screen.findByText("12 queued tasks run now; only the queues limit them.")).toBeTruthy();
  expect(api.to("PUT /quota")[0]?.body).toEqual({});
});

test("what is typed as the quota stays while somebody else sets it, until it is saved", async () => {
  const api = apiWithQuota().on("PUT /quota", { body: { queuedTasks: 7, queuedTasksRunning: 12 } });
  const { queries } = renderUi("/console/settings");
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
  apiWithQuota("admin");
  renderUi("/console/settings");

  const most = await screen.findByLabelText("Queued tasks at once, over all queues");

  expect((most as HTMLInputElement).disabled).toBe(true);
});

test("the secret that signs callbacks is made and shown once", async () => {
  const api = apiWithQuota().on("POST /callbacks:rotateSecret", {
    body: { createdAt: "2026-11-01T10:00:00Z", secret: "whsec_very-secret" },
  });
  renderUi("/console/settings");

  await userEvent.click(await screen.findByRole("link", { name: "Make signing secret…" }));
  await userEvent.click(await screen.findByRole("button", { name: "Make secret" }));
  expect(await screen.findByText("whsec_very-secret")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "I have stored it" }));

  await waitFor(() => expect(screen.queryByText("whsec_very-secret")).toBeNull());
  expect(api.to("POST /callbacks:rotateSecret")[0]?.body).toEqual({ overlapSeconds: 86_400 });
});
