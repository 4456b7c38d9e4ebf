import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN } from "../testing/samples";
import { standing } from "./policyColumns";
import type { Course, Decision, Policy } from "./scaling";

const DECISION: Decision = {
  id: "7",
  at: new Date(Date.now() - 600_000).toISOString(),
  component: "instant-worker",
  from: 2,
  to: 6,
  live: 2,
  signal: "instant_tasks_jobs_total",
  value: 60,
  wanted: 12,
  hold: "steps",
  reason: "12 are asked for; no more may come at once",
};

const POLICY: Policy = {
  component: "instant-worker",
  minPods: 2,
  maxPods: 20,
  slots: 16,
  signals: ["5 jobs per pod"],
  measures: [{ metric: "instant_tasks_jobs_total", formula: "sum(instant_tasks_jobs_total) ÷ pods", threshold: "5" }],
  arrivals: 'sum(rate(bascule_task_accepted_total{lane="instant"}[60s]))',
  replicas: {
    observedAt: new Date().toISOString(),
    current: 2,
    desired: 4,
    reason: "as many as are asked for",
    signals: [{ metric: "instant_tasks_jobs_total", value: 18, wanted: 4 }],
  },
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
    .on("GET /scaling", { body: { items: [POLICY], next: null } })
    .on("GET /scaling/decisions", { body: { items: [], next: null } });
}

test("a policy is told in words", async () => {
  api();
  renderUi("/console/scaling");

  const row = (await screen.findByText("sum(instant_tasks_jobs_total) ÷ pods")).closest("tr") as HTMLElement;
  expect(row.textContent).toContain("2 live, 4 desired");
  expect(row.textContent).toContain("as many as are asked for; 2 to 20 are allowed");
  expect(row.textContent).toContain("held at 5");
  expect(row.textContent).toContain("now 18, which asks for 4");
  expect(row.textContent).toContain("after 60 s, the smaller of 50 % each 60 s and 1 pod each 60 s");
});

test("what is not seen is said to be so", async () => {
  const cpu = { metric: "cpu", formula: "processors used ÷ (pods × 0.2)", threshold: "70 %" };
  const api = { ...POLICY, component: "api-service", measures: [cpu] };
  const replicas = { ...POLICY.replicas, observedAt: new Date().toISOString(), reason: "no signal is seen" };
  new FakeApi()
    .on("GET /session", { body: { ...ADMIN, role: "viewer" } })
    .on("GET /scaling/decisions", { body: { items: [], next: null } })
    .on("GET /scaling", {
      body: {
        items: [
          { ...api, replicas: { ...replicas, current: 3, desired: null, signals: [{ metric: "cpu" }] } },
          { ...POLICY, replicas: { ...POLICY.replicas, observedAt: new Date(Date.now() - 300_000).toISOString() } },
          { ...POLICY, component: "web-ui", replicas: null },
        ],
        next: null,
      },
    });
  renderUi("/console/scaling");

  const row = await screen.findByRole("row", { name: /^api-service/ });
  expect(row.textContent).toContain("3 live");
  expect(row.textContent).not.toContain("desired");
  expect(row.textContent).toContain("not seen from here");
  expect(screen.getByText(/^as of/).textContent).toContain("5 min. ago");
  expect(screen.getByRole("row", { name: /^web-ui/ }).textContent).toContain("not seen yet");
  expect(await screen.findByText("Nothing decided yet")).toBeTruthy();
});

test("replicas are told in words", () => {
  expect(standing({ current: 2, desired: 4 })).toBe("2 live, 4 desired");
  expect(standing({ desired: 4 })).toBe("live ones not seen, 4 desired");
  expect(standing({ current: 0 })).toBe("0 live");
  expect(standing({})).toBe("not seen");
});

test("decisions say when, from what to what, and why; of one component also as a curve", async () => {
  const fake = api().on("GET /scaling/decisions", { body: { items: [DECISION], next: null } });
  renderUi("/console/scaling?component=instant-worker");

  const why = await screen.findByText("instant_tasks_jobs_total 60: 12 are asked for; no more may come at once");
  const row = why.closest("tr") as HTMLElement;
  expect(row.textContent).toContain("2 →to 6");
  expect(row.textContent).toContain("10 min. ago");
  expect(screen.getByRole("img", { name: /^Desired pods from 10 min .* ago until now/ })).toBeTruthy();
  expect(fake.to("GET /scaling/decisions")[0]?.path).toContain("component=instant-worker");
});

test("while the decisions of another component are on their way, nobody else’s stand under its name", async () => {
  const queued = { ...DECISION, id: "8", component: "queued-worker", from: 1, to: 3 };
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const fake = api().on("GET /scaling/decisions", async ({ path }) => {
    const component = new URLSearchParams(path.split("?")[1]).get("component");
    if (component) {
      await answered;
    }
    const items = [DECISION, queued].filter((decision) => !component || decision.component === component);
    return { body: { items, next: null } };
  });
  const { router } = renderUi("/console/scaling");
  const decisions = await screen.findByRole("table", { name: "Decisions" });
  await within(decisions).findByRole("row", { name: /^instant-worker/ });

  await router.navigate({ to: "/console/scaling", search: { component: "queued-worker" } });
  await waitFor(() => expect(fake.to("GET /scaling/decisions")).toHaveLength(2));
  expect(await screen.findByRole("img", { name: /^Desired pods/ })).toBeTruthy();
  expect(within(decisions).queryByRole("row", { name: /^instant-worker/ })).toBeNull();
  expect(within(decisions).getByRole("row", { name: /^queued-worker/ })).toBeTruthy();

  await router.navigate({ to: "/console/scaling", search: { component: "api-service" } });
  await waitFor(() => expect(fake.to("GET /scaling/decisions")).toHaveLength(3));
  await waitFor(() => expect(screen.getByRole("table", { name: "Decisions" }).getAttribute("aria-busy")).toBe("true"));
  expect(screen.queryByRole("img", { name: /^Desired pods/ })).toBeNull();
  expect(screen.queryByText("Nothing decided about api-service")).toBeNull();

  answer();
  expect(await screen.findByText("Nothing decided about api-service")).toBeTruthy();
});

test("outside of the workspace default no figures are asked for, and it is said where they are", async () => {
  const fake = api()
    .on("GET /session", { body: { ...ADMIN, workspace: { id: "w-2", name: "shop" } } })
    .on("GET /scaling", { body: { items: [{ ...POLICY, replicas: null }], next: null } });
  renderUi("/console/scaling");

  const row = await screen.findByRole("row", { name: /^instant-worker/ });
  expect(row.textContent).toContain("2 to 20 are allowed");
  expect(row.textContent).not.toContain("not seen");
  expect(screen.getByRole("region", { name: "Pods and decisions" }).textContent).toContain("the workspace default");
  expect(screen.queryByRole("heading", { name: "Decisions" })).toBeNull();
  expect(fake.to("GET /scaling/decisions")).toHaveLength(0);
});

test("a load that was recorded is read from a file, whatever its name is", async () => {
  const fake = api().on("POST /scaling:simulate", { body: course(3) });
  renderUi("/console/scaling");
  await chooseRecorded();

  const file = new File(["0,1\n60,2"], "<img src=x onerror=alert(1)>.csv", { type: "text/csv" });
  await userEvent.upload(document.querySelector("input[type=file]") as HTMLInputElement, file);
  expect(await screen.findByText("<img src=x onerror=alert(1)>.csv, 8 B")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Simulate" }));

  await screen.findByRole("img", { name: "Pods over 1 min" });
  expect(fake.to("POST /scaling:simulate")[0]?.body).toEqual({
    component: "instant-worker",
    recorded: "0,1\n60,2",
    jobSeconds: 1,
    startSeconds: 20,
  });
});

test("a file that is too large is not sent", async () => {
  api();
  renderUi("/console/scaling");
  await chooseRecorded();

  const file = new File(["0".repeat(2_000_001)], "much.json", { type: "application/json" });
  await userEvent.upload(document.querySelector("input[type=file]") as HTMLInputElement, file);

  expect((await screen.findByRole("alert")).textContent).toContain("much.json has 1.9 MiB");
});

test("a file that was taken away can be chosen again", async () => {
  api();
  renderUi("/console/scaling");
  await chooseRecorded();
  const input = document.querySelector("input[type=file]") as HTMLInputElement;

  await userEvent.upload(input, new File(["0,1"], "load.csv", { type: "text/csv" }));
  await userEvent.click(await screen.findByRole("button", { name: "Remove filter load.csv, 3 B" }));

  // As long as the input holds the file, a browser tells of no change.
  expect(input.files).toHaveLength(0);
});

test("a file that cannot be read is told", async () => {
  api();
  renderUi("/console/scaling");
  await chooseRecorded();

  const file = new File(["0,1"], "gone.csv", { type: "text/csv" });
  file.text = () => Promise.reject(new DOMException("gone", "NotFoundError"));
  await userEvent.upload(document.querySelector("input[type=file]") as HTMLInputElement, file);

  expect((await screen.findByRole("alert")).textContent).toContain("gone.csv cannot be read");
});

test("the platform’s Prometheus is asked once for both policies, and says what is wrong", async () => {
  let known = false;
  const fake = api()
    .on("POST /scaling:simulate", { body: course(3) })
    .on("GET /scaling/recorded-load", () =>
      known
        ? { body: { recorded: "0,7" } }
        : problem(409, "prometheus-not-set", {
            title: "This platform was told of no Prometheus",
            detail: "Give the API …",
          }),
    );
  renderUi("/console/scaling");
  await chooseRecorded();
  await choose("Recorded by", "This platform’s Prometheus");
  await userEvent.type(screen.getByLabelText("Beside it, pods at most"), "4");
  await userEvent.click(screen.getByRole("button", { name: "Simulate" }));
  expect((await screen.findByRole("alert")).textContent).toContain("told of no Prometheus");

  known = true;
  await userEvent.click(screen.getByRole("button", { name: "Simulate" }));
  await screen.findByRole("row", { name: /^4 at most/ });
  expect(fake.to("GET /scaling/recorded-load").at(-1)?.path).toContain("component=instant-worker&minutes=360");
  expect(fake.to("GET /scaling/recorded-load")).toHaveLength(2);
  expect(fake.to("POST /scaling:simulate").map(({ body }) => (body as { recorded: string }).recorded)).toEqual([
    "0,7",
    "0,7",
  ]);
});

async function chooseRecorded() {
  await choose("Load", "Recorded");
}

async function choose(label: string, option: string) {
  await userEvent.click(await screen.findByRole("combobox", { name: label }));
  await userEvent.click(await screen.findByRole("option", { name: option }));
}

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
