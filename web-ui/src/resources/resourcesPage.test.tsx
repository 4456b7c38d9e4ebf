import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, sampleResource } from "../testing/samples";

function apiWith(resources: ReturnType<typeof sampleResource>[]): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: ADMIN })
    .on("GET /agents", { body: { items: [], next: null } })
    .on("GET /resources", { body: { items: resources, next: null } })
    .on("GET /resources/orders-db", { body: sampleResource(), headers: { ETag: '"7"' } });
}

test("typing a label filters by it", async () => {
  const api = apiWith([sampleResource()]);
  const { router } = renderUi("/resources");

  await userEvent.type(await screen.findByLabelText("Search resources"), "env=production");

  await waitFor(() => expect(router.state.location.href).toBe("/resources?label=env%3Dproduction"));
  await waitFor(() => expect(api.to("GET /resources").at(-1)?.path).toContain("label=env%3Dproduction"));
});

test("connecting shows commands for the kind of the resource", async () => {
  apiWith([sampleResource()]);
  renderUi("/resources?dialog=connect&name=orders-db");

  const dialog = await screen.findByRole("dialog");

  expect(await within(dialog).findByText("bascule tcp orders-db --port 15432")).toBeTruthy();
  expect(within(dialog).getByText("psql -h 127.0.0.1 -p 15432 -U postgres")).toBeTruthy();
});

test("a change names the version it was made from", async () => {
  const api = apiWith([sampleResource()]).on("PUT /resources/r-1", { body: sampleResource() });
  renderUi("/resources?dialog=edit&name=orders-db");

  const host = await screen.findByLabelText(/^Host/);
  await userEvent.clear(host);
  await userEvent.type(host, "10.0.4.99");
  await userEvent.click(screen.getByRole("button", { name: "Save changes" }));

  await waitFor(() => expect(api.to("PUT /resources/r-1")).toHaveLength(1));
  const [request] = api.to("PUT /resources/r-1");
  expect(request?.headers.get("If-Match")).toBe('"7"');
  expect(request?.body).toEqual({
    name: "orders-db",
    kind: "postgres",
    agent: "berlin",
    host: "10.0.4.99",
    port: 5432,
    labels: { env: "production" },
  });
});

test("a form begins with what is there, not with what another dialog has read before", async () => {
  const api = apiWith([sampleResource()]).on("PUT /resources/r-1", { body: sampleResource() });
  const { router } = renderUi("/resources?dialog=connect&name=orders-db");
  await screen.findByText("bascule tcp orders-db --port 15432");

  api.on("GET /resources/orders-db", { body: sampleResource({ host: "10.0.4.99" }), headers: { ETag: '"8"' } });
  await router.navigate({ to: "/resources", search: { dialog: "edit", name: "orders-db" } });
  await userEvent.click(await screen.findByRole("button", { name: "Save changes" }));

  await waitFor(() => expect(api.to("PUT /resources/r-1")).toHaveLength(1));
  expect(api.to("PUT /resources/r-1")[0]?.headers.get("If-Match")).toBe('"8"');
  expect(api.to("PUT /resources/r-1")[0]?.body).toMatchObject({ host: "10.0.4.99" });
});

test("a field that the server refuses is marked", async () => {
  const errors = [{ pointer: "/host", detail: "is not a host name" }];
  apiWith([sampleResource()]).on("PUT /resources/r-1", problem(400, "invalid-request", { errors }));
  renderUi("/resources?dialog=edit&name=orders-db");

  await userEvent.click(await screen.findByRole("button", { name: "Save changes" }));

  expect(await screen.findByText("is not a host name")).toBeTruthy();
  expect(screen.getByLabelText(/^Host/).getAttribute("aria-invalid")).toBe("true");
});

test("a new resource leads to how to connect to it", async () => {
  const api = apiWith([]).on("POST /resources", { status: 201, body: sampleResource() });
  const { router } = renderUi("/resources?dialog=create");

  await userEvent.type(await screen.findByLabelText(/^Name/), "orders-db");
  await userEvent.type(screen.getByRole("combobox", { name: /^Agent/ }), "berlin");
  await userEvent.type(screen.getByLabelText(/^Host/), "10.0.4.12");
  await userEvent.type(screen.getByLabelText(/^Port/), "5432");
  await userEvent.click(screen.getByRole("button", { name: "Add resource" }));

  await waitFor(() => expect(router.state.location.search).toMatchObject({ dialog: "connect", name: "orders-db" }));
  expect(api.to("POST /resources")[0]?.body).toMatchObject({ name: "orders-db", agent: "berlin", port: 5432 });
});
