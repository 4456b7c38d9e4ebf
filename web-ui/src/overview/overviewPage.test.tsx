import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { FakeApi } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, sampleQueue } from "../testing/samples";

function apiWithPlatform(): FakeApi {
  const now = new Date().toISOString();
  const seen = { labels: {}, instances: [], createdAt: now };
  return new FakeApi()
    .on("GET /session", { body: ADMIN })
    .on("GET /system/info", { body: { version: "0.1.0", instance: "api-0", now, stores: { postgresql: "up" } } })
    .on("GET /tunnels", { body: { items: [] } })
    .on("GET /queues", { body: { items: [sampleQueue({ ready: 3 }), sampleQueue({ name: "mail", ready: 40 })] } })
    .on("GET /summary", {
      body: {
        agents: { online: 998, offline: 1, neverJoined: 1, unknown: 0 },
        resources: 1,
        schedules: { on: 0, paused: 0 },
        hadTunnel: false,
      },
    })
    .on("GET /agents", { body: { items: [{ ...seen, id: "a-2", name: "oslo", state: "offline" }] } });
}

test("a store that is down and a clock that is wrong are told", async () => {
  const now = new Date(Date.now() - 3_600_000).toISOString();
  apiWithPlatform().on("GET /system/info", {
    body: { version: "0.1.0", instance: "api-0", now, stores: { postgresql: "up", redis: "down" } },
  });
  renderUi("/console");

  expect(await screen.findByText("down")).toBeTruthy();
  expect(screen.getByText(/is 1 h ahead of the platform’s/)).toBeTruthy();
});

test("what needs somebody comes first", async () => {
  const api = apiWithPlatform();
  renderUi("/console");

  const agents = await screen.findByRole("region", { name: "Agents that are away" });
  const queues = screen.getByRole("region", { name: "Queues" });

  expect(await screen.findByText("43")).toBeTruthy();
  expect(agents.querySelector("li")?.textContent).toContain("oslo");
  expect(api.to("GET /agents").at(-1)?.path).toContain("state=offline");
  expect(screen.getByText("998").parentElement?.textContent).toContain("of 1000 agents online");
  expect(queues.querySelector("li")?.textContent).toContain("mail");
});
