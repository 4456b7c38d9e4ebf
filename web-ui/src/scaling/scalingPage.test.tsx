import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN } from "../testing/samples";
import type { Course, Policy } from "./scaling";

const POLICY: Policy = {
  component: "instant-worker",
  minPods: 2,
  maxPods: 20,
  slots: 16,
  signals: ["5 jobs per pod"],
  up: { windowSeconds: 0, choose: "larger", steps: ["4 pods each 60 s"] },
  down: { windowSeconds: 60, choose: "smaller", steps: ["50 % each 60 s", "1 pod each 60 s"] },
};

function course(mostPods: number): Course {
  const moment = { second: 0, arrivals: 5, waiting: 0, running: 5, pods: 2, ready: 2 };
  return {
    summary: { mostPods, podHours: 3.4, changes: 18, mostWaiting: 1_648, waitP50: 0, waitP99: 47 },
    moments: [moment, { ...moment, second: 60, pods: mostPods, waiting: 1_648 }],
  };
}

function api(): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: { ...ADMIN, role: "viewer" } })
    .on("GET /scaling", { body: { items: [POLICY], next: null } });
}

test("a policy is told in words", async () => {
  api();
  renderUi("/console/scaling");

  const row = (await screen.findByText("5 jobs per pod")).closest("tr") as HTMLElement;
  expect(row.textContent).toContain("2 to 20");
  expect(row.textContent).toContain("after 60 s, the smaller of 50 % each 60 s and 1 pod each 60 s");
});

test("two policies are simulated with the same load and stand side by side", async () => {
  const fake = api().on("POST /scaling:simulate", ({ body }) => ({
    body: course((body as { maxPods?: number }).maxPods ?? 16),
  }));
  renderUi("/console/scaling");

  await userEvent.type(await screen.findByLabelText("Beside it, pods at most"), "4");
  await userEvent.click(screen.getByRole("button", { name: "Simulate" }));

  const other = await screen.findByRole("row", { name: /^4 at most/ });
  expect(within(other).getByText("1,648")).toBeTruthy();
  expect(screen.getByRole("row", { name: /^deployed 16/ })).toBeTruthy();
  expect(screen.getByRole("img", { name: "Pods over 30 min" })).toBeTruthy();
  expect(fake.to("POST /scaling:simulate").map(({ body }) => body)).toEqual([
    expect.objectContaining({ component: "instant-worker", load: "spike:5:80:300:600" }),
    expect.objectContaining({ maxPods: 4 }),
  ]);
});

test("a load that cannot be replayed is told", async () => {
  api().on("POST /scaling:simulate", problem(400, "invalid-input", { title: "The request is not valid" }));
  renderUi("/console/scaling");

  await userEvent.click(await screen.findByRole("button", { name: "Simulate" }));

  expect((await screen.findByRole("alert")).textContent).toContain("The request is not valid");
});
