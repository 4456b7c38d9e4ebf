import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, sampleDelivery, sampleWebhook } from "../testing/samples";
import type { Delivery, Webhook } from "./webhooks";

const SECRET = "whsec_c2VjcmV0";

function apiWith(webhook: Webhook = sampleWebhook(), role: "admin" | "viewer" = "admin"): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: { ...ADMIN, role } })
    .on("GET /webhooks", { body: { items: [webhook], next: null } })
    .on("GET /webhooks/reports", { body: webhook, headers: { ETag: '"5"' } })
    .on("GET /webhooks/h-1", { body: webhook, headers: { ETag: '"5"' } })
    .on("GET /webhooks/reports/deliveries", { body: { items: [], next: null } });
}

function withDeliveries(...deliveries: Delivery[]): FakeApi {
  return apiWith().on("GET /webhooks/reports/deliveries", { body: { items: deliveries, next: null } });
}

test.each<[Partial<Webhook>, string]>([
  [{}, "on"],
  [{ failures: 4 }, "failing"],
  [{ enabled: false }, "off"],
  [{ enabled: false, disabledReason: "the endpoint is gone" }, "disabled"],
])("the state of %o is %s", async (change, state) => {
  apiWith(sampleWebhook(change));
  renderUi("/webhooks");

  const row = (await screen.findByRole("link", { name: "reports" })).closest("tr") as HTMLElement;

  expect(within(row).getByText(state)).toBeTruthy();
});

test("a new webhook's secret is shown once, and what shows it forgets it", async () => {
  const api = apiWith().on("POST /webhooks", { status: 201, body: { ...sampleWebhook(), secret: SECRET } });
  const { router, queries } = renderUi("/webhooks?dialog=create");

  await userEvent.type(await screen.findByLabelText(/^Name/), "reports");
  await userEvent.click(screen.getByLabelText(/^URL/));
  await userEvent.paste("https://example.org/hooks");
  await userEvent.click(screen.getByLabelText("A schedule submitted its task"));
  await userEvent.click(screen.getByRole("button", { name: "Create webhook" }));

  expect(await screen.findByText(SECRET)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Copy signing secret" })).toBeTruthy();
  expect(api.to("POST /webhooks")[0]?.body).toEqual({
    name: "reports",
    url: "https://example.org/hooks",
    eventTypes: ["io.bascule.task.finished", "io.bascule.schedule.fired"],
    description: "",
  });
  await userEvent.click(screen.getByRole("button", { name: "I have stored it" }));
  await waitFor(() => expect(router.state.location.href).toBe("/webhooks/reports"));
  await waitFor(() => expect(screen.queryByText(SECRET)).toBeNull());
  const kept = () =>
    JSON.stringify(
      queries
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
    );
  await waitFor(() => expect(kept()).not.toContain(SECRET));
});

test("what the server refuses is marked at its fields", async () => {
  const errors = [
    { pointer: "/url", detail: "it must begin with https:// or http://" },
    { pointer: "/eventTypes", detail: "give 1 to 50" },
  ];
  apiWith().on("POST /webhooks", problem(400, "invalid-input", { errors }));
  renderUi("/webhooks?dialog=create");

  await userEvent.type(await screen.findByLabelText(/^Name/), "reports");
  await userEvent.type(screen.getByLabelText(/^URL/), "x.org");
  await userEvent.click(screen.getByRole("button", { name: "Create webhook" }));

  expect(await screen.findByText("it must begin with https:// or http://")).toBeTruthy();
  expect(screen.getByText("give 1 to 50")).toBeTruthy();
  expect(screen.getByLabelText(/^URL/).getAttribute("aria-invalid")).toBe("true");
});

test("an edit keeps types that the list does not show and names its version", async () => {
  const api = apiWith(sampleWebhook({ eventTypes: ["io.bascule.task.*", "io.bascule.schedule.fired"] })).on(
    "PUT /webhooks/h-1",
    { body: sampleWebhook() },
  );
  renderUi("/webhooks/reports?dialog=edit");

  await userEvent.click(await screen.findByLabelText("An attempt of a task began"));
  await userEvent.click(screen.getByRole("button", { name: "Save changes" }));

  await waitFor(() => expect(api.to("PUT /webhooks/h-1")).toHaveLength(1));
  const [request] = api.to("PUT /webhooks/h-1");
  expect(request?.headers.get("If-Match")).toBe('"5"');
  expect(request?.body).toMatchObject({
    eventTypes: ["io.bascule.schedule.fired", "io.bascule.task.started", "io.bascule.task.*"],
  });
});

test("whoever was overtaken keeps what they typed until they read it again", async () => {
  const api = apiWith().on("PUT /webhooks/h-1", problem(412, "revision-outdated", { title: "It was changed" }));
  renderUi("/webhooks/reports?dialog=edit");
  const url = await screen.findByLabelText<HTMLInputElement>(/^URL/);
  await userEvent.clear(url);
  await userEvent.paste("https://example.org/mine");

  const changed = sampleWebhook({ url: "https://example.org/theirs" });
  api.on("GET /webhooks/h-1", { body: changed, headers: { ETag: '"6"' } });
  await userEvent.click(screen.getByRole("button", { name: "Save changes" }));
  const row = (await screen.findByRole("row", { name: /^URL/ })).textContent;
  expect(row).toBe("URLhttps://example.org/minehttps://example.org/theirs");
  expect(url.value).toBe("https://example.org/mine");
  await userEvent.click(screen.getByRole("button", { name: "Go on from theirs" }));

  expect(await screen.findByDisplayValue("https://example.org/theirs")).toBeTruthy();
});

test("disabling changes nothing else", async () => {
  const api = apiWith().on("PUT /webhooks/h-1", { body: sampleWebhook({ enabled: false }) });
  renderUi("/webhooks");

  await userEvent.click(await screen.findByRole("button", { name: "More about reports" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Disable" }));

  await waitFor(() => expect(api.to("PUT /webhooks/h-1")).toHaveLength(1));
  expect(api.to("PUT /webhooks/h-1")[0]?.body).toEqual({
    name: "reports",
    url: "https://example.org/hooks",
    eventTypes: ["io.bascule.task.finished"],
    description: "for the team",
    enabled: false,
  });
});

test("a rotation asks how long the present secret signs, and shows the new one", async () => {
  const api = apiWith().on("POST /webhooks/reports:rotateSecret", { body: { ...sampleWebhook(), secret: SECRET } });
  renderUi("/webhooks/reports?dialog=rotate");

  await userEvent.click(await screen.findByRole("button", { name: "Rotate secret" }));

  expect(await screen.findByText(SECRET)).toBeTruthy();
  expect(api.to("POST /webhooks/reports:rotateSecret")[0]?.body).toEqual({ overlapSeconds: 86_400 });
});

test("a delivery shows what became of it and is sent again", async () => {
  const failed = sampleDelivery({ state: "failed", attempts: 11, lastStatus: 503, lastError: "it is overloaded" });
  const api = withDeliveries(failed).on("POST /webhooks/reports/deliveries/d-1:redeliver", {
    status: 202,
    body: sampleDelivery({ state: "waiting" }),
  });
  renderUi("/webhooks/reports");

  const row = (await screen.findByRole("link", { name: "task.finished" })).closest("tr") as HTMLElement;
  expect(within(row).getByText("failed")).toBeTruthy();
  expect(within(row).getByText("11")).toBeTruthy();
  expect(within(row).getAllByText("503: it is overloaded").length).toBeGreaterThan(0);
  await userEvent.click(within(row).getByRole("button", { name: "Redeliver task.finished" }));

  await waitFor(() => expect(api.to("POST /webhooks/reports/deliveries/d-1:redeliver")).toHaveLength(1));
});

test("a delivery's body can be read", async () => {
  withDeliveries(sampleDelivery()).on("GET /webhooks/reports/deliveries/d-1", { body: sampleDelivery() });
  renderUi("/webhooks/reports?dialog=delivery&delivery=d-1");

  const dialog = await screen.findByRole("dialog");

  expect(await within(dialog).findByText('"/bascule"')).toBeTruthy();
});

test("deliveries are filtered by the state in the address", async () => {
  const api = withDeliveries();
  renderUi("/webhooks/reports?state=failed");

  expect(await screen.findByText("Nothing matches")).toBeTruthy();
  expect(api.to("GET /webhooks/reports/deliveries")[0]?.path).toContain("state=failed");
});

test("a viewer sees deliveries and changes nothing", async () => {
  apiWith(sampleWebhook(), "viewer").on("GET /webhooks/reports/deliveries", {
    body: { items: [sampleDelivery()], next: null },
  });
  renderUi("/webhooks/reports?dialog=delete");

  await screen.findByRole("link", { name: "task.finished" });

  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Test reports" }).disabled).toBe(true);
  expect(screen.queryByRole("button", { name: "More about reports" })).toBeNull();
  expect(screen.queryByRole("button", { name: /Redeliver/ })).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
});
