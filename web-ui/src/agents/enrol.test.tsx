import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN } from "../testing/samples";
import type { Agent } from "./agents";

const BERLIN: Agent = {
  id: "a-1",
  name: "berlin",
  labels: {},
  state: "never-joined",
  instances: [],
  createdAt: "2026-11-01T10:00:00Z",
};

test("enrolling leads from a name over a command to an agent that is online", async () => {
  const api = new FakeApi()
    .on("GET /session", { body: ADMIN })
    .on("GET /agents", { body: { items: [], next: null } })
    .on("POST /agents", { status: 201, body: BERLIN })
    .on("POST /agents/berlin/join-tokens", {
      status: 201,
      body: { token: "bsc_join_x", expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
    })
    .on("GET /agents/berlin", { body: BERLIN });
  renderUi("/console/agents?dialog=enrol");

  await userEvent.type(await screen.findByLabelText(/^Name/), "berlin");
  await userEvent.click(screen.getByRole("button", { name: "Continue" }));

  expect(await screen.findByText(/^bascule agent run --api \S+ --join-token bsc_join_x$/)).toBeTruthy();
  expect(screen.getByText("Waiting for berlin…")).toBeTruthy();
  await userEvent.click(screen.getByText("Docker"));
  expect(await screen.findByText(/-e BASCULE_JOIN_TOKEN=bsc_join_x/)).toBeTruthy();
  await userEvent.click(screen.getByText("Helm"));
  expect(await screen.findByText(/--set joinToken=bsc_join_x/)).toBeTruthy();

  const instance = { instance: "i-1", bridges: ["bridge-0", "bridge-1"], version: "0.1.0" };
  api.on("GET /agents/berlin", { body: { ...BERLIN, state: "online", instances: [instance] } });

  expect(await screen.findByText("berlin is online, connected to bridge-0 and bridge-1.")).toBeTruthy();
});
