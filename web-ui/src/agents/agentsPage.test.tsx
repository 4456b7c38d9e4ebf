import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN } from "../testing/samples";

const BERLIN = {
  id: "a-1",
  name: "berlin",
  labels: { site: "mitte" },
  state: "online",
  instances: [],
  createdAt: "2026-11-01T10:00:00Z",
};

function apiWith(agents: (typeof BERLIN)[]): FakeApi {
  return new FakeApi().on("GET /session", { body: ADMIN }).on("GET /agents", { body: { items: agents, next: null } });
}

test("agents are found by a part of their name and by a label", async () => {
  const api = apiWith([BERLIN]);
  const { router } = renderUi("/console/agents");

  await userEvent.type(await screen.findByLabelText("Search agents"), "ber");

  await waitFor(() => expect(api.to("GET /agents").at(-1)?.path).toContain("q=ber"));
  await userEvent.click(screen.getByRole("button", { name: "site=mitte" }));
  await waitFor(() => expect(router.state.location.href).toBe("/console/agents?label=site%3Dmitte"));
  await waitFor(() => expect(api.to("GET /agents").at(-1)?.path).toContain("label=site%3Dmitte"));
});

test("where none fits, the way back is shown and not how to enrol the first", async () => {
  apiWith([]);
  renderUi("/console/agents?q=nowhere");

  expect(await screen.findByText("No agent fits all of these filters.")).toBeTruthy();
  expect(screen.queryByText("No agents yet")).toBeNull();
});
