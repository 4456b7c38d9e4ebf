import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, sampleSecret } from "../testing/samples";
import type { Secret } from "./secrets";

const VALUE = "hush-hush";

function apiWith(secrets: Secret[] = [sampleSecret()], role: "admin" | "viewer" = "admin"): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: { ...ADMIN, role } })
    .on("GET /secrets", { body: { items: secrets, next: null } })
    .on("GET /secrets/DB_PASSWORD", { body: sampleSecret(), headers: { ETag: '"3"' } });
}

test("a secret is listed with its version, who changed it, and how a task refers to it", async () => {
  apiWith();
  renderUi("/secrets");

  const row = (await screen.findByText("DB_PASSWORD")).closest("tr") as HTMLElement;

  expect(within(row).getByText("3")).toBeTruthy();
  expect(within(row).getByTitle("grace")).toBeTruthy();
  expect(within(row).getByText('{"secret":"DB_PASSWORD"}')).toBeTruthy();
});

test("a new secret is sent and its value is nowhere in the page afterwards", async () => {
  const api = apiWith([]).on("PUT /secrets/API_TOKEN", { status: 201, body: sampleSecret({ name: "API_TOKEN" }) });
  const { router, queries } = renderUi("/secrets?dialog=set");

  await userEvent.type(await screen.findByLabelText(/^Name/), "API_TOKEN");
  const field = screen.getByLabelText<HTMLTextAreaElement>(/^Value/);
  await userEvent.type(field, `${VALUE}{enter}`);
  await userEvent.click(screen.getByRole("button", { name: "Set secret" }));

  await waitFor(() => expect(router.state.location.href).toBe("/secrets"));
  const [request] = api.to("PUT /secrets/API_TOKEN");
  expect(request?.body).toEqual({ value: VALUE });
  expect(request?.headers.get("If-Match")).toBeNull();
  expect(field.value).toBe("");
  const remembered = queries.getMutationCache().getAll();
  expect(JSON.stringify(remembered.map(({ state }) => state))).not.toContain(VALUE);
  expect(document.body.innerHTML).not.toContain(VALUE);
});

test("a name that is taken is said at the name", async () => {
  apiWith().on("PUT /secrets/DB_PASSWORD", problem(428, "revision-required"));
  renderUi("/secrets?dialog=set");

  await userEvent.type(await screen.findByLabelText(/^Name/), "DB_PASSWORD");
  await userEvent.type(screen.getByLabelText(/^Value/), VALUE);
  await userEvent.click(screen.getByRole("button", { name: "Set secret" }));

  expect(await screen.findByText(/There is a secret of this name already/)).toBeTruthy();
  expect(screen.getByLabelText(/^Name/).getAttribute("aria-invalid")).toBe("true");
});

test("a value that the server refuses is said at its field and stays there", async () => {
  const errors = [{ pointer: "/value", detail: "give at least 4 characters" }];
  apiWith().on("PUT /secrets/DB_PASSWORD", problem(400, "invalid-input", { errors }));
  renderUi("/secrets?dialog=set&name=DB_PASSWORD");

  const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: /^New value/ });
  await userEvent.type(field, "abc");
  await userEvent.click(screen.getByRole("button", { name: "Set new value" }));

  expect(await screen.findByText("give at least 4 characters")).toBeTruthy();
  expect(field.value).toBe("abc");
});

test("whoever was overtaken sees the version there is now, and replaces that one", async () => {
  const api = apiWith().on("PUT /secrets/DB_PASSWORD", problem(412, "revision-outdated", { title: "It was changed" }));
  renderUi("/secrets?dialog=set&name=DB_PASSWORD");
  await userEvent.type(await screen.findByRole("textbox", { name: /^New value/ }), VALUE);
  expect(screen.getByText(/Replaces version 3/)).toBeTruthy();

  const changed = sampleSecret({ version: 4, updatedBy: "alan" });
  api.on("GET /secrets/DB_PASSWORD", { body: changed, headers: { ETag: '"4"' } });
  await userEvent.click(screen.getByRole("button", { name: "Set new value" }));

  expect(await screen.findByText("It was changed")).toBeTruthy();
  expect((await screen.findByText(/Replaces version 4/)).textContent).toContain("by alan");
  api.on("PUT /secrets/DB_PASSWORD", { body: sampleSecret({ version: 5 }) });
  await userEvent.click(screen.getByRole("button", { name: "Set new value" }));
  await waitFor(() => expect(api.to("PUT /secrets/DB_PASSWORD")).toHaveLength(2));
  const sent = api.to("PUT /secrets/DB_PASSWORD").map(({ headers, body }) => [headers.get("If-Match"), body]);
  expect(sent).toEqual([
    ['"3"', { value: VALUE }],
    ['"4"', { value: VALUE }],
  ]);
});

test("a secret is removed only after a question, in the version that was seen", async () => {
  const api = apiWith().on("DELETE /secrets/DB_PASSWORD", { status: 204 });
  renderUi("/secrets?dialog=remove&name=DB_PASSWORD");

  await screen.findByText(/It is in version 3/);
  expect(api.to("DELETE /secrets/DB_PASSWORD")).toHaveLength(0);
  await userEvent.click(screen.getByRole("button", { name: "Remove secret" }));

  await waitFor(() => expect(api.to("DELETE /secrets/DB_PASSWORD")).toHaveLength(1));
  expect(api.to("DELETE /secrets/DB_PASSWORD")[0]?.headers.get("If-Match")).toBe('"3"');
});

test("a viewer sees the secrets and changes none", async () => {
  apiWith([sampleSecret()], "viewer");
  renderUi("/secrets?dialog=remove&name=DB_PASSWORD");

  await screen.findByText("DB_PASSWORD");

  expect(screen.getByText("Set secret").closest("a")?.getAttribute("data-disabled")).toBe("true");
  expect(screen.queryByLabelText("New value for DB_PASSWORD")).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("without secrets the page says what they are for and how a task refers to one", async () => {
  apiWith([]);
  renderUi("/secrets");

  expect(await screen.findByText("No secrets yet")).toBeTruthy();
  expect(screen.getByText("bascule secret set DB_PASSWORD")).toBeTruthy();
  expect(screen.getByText(/\{"secret":"DB_PASSWORD"\}/)).toBeTruthy();
});
