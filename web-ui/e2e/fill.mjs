// Puts much into a platform, as programs do; what an earlier run has put there is not put there again.
import assert from "node:assert/strict";
import { until } from "./visit.mjs";

export const AGENTS = 1_000;
export const RESOURCES = 10_000;
export const TASKS = 100_000;
const QUEUE = "performance";
const LONG_LOG = "long-log-of-attempts";
/** As many as the platform keeps of one attempt, and one attempt, unless the platform was set to keep more. */
const LINES = Number(process.env.LINES ?? 10_000);
const ATTEMPTS = Number(process.env.ATTEMPTS ?? 1);
const BATCH = 1_000;
/** What waits in a queue is counted up to here; a queue with more was filled by an earlier run. */
const COUNTED = 10_000;
const AT_ONCE = 16;
const SOURCE = `const handler = ({ lines }) => { for (let i = 1; i <= lines; i++) console.log(i); throw new Error('again'); };`;

/** @returns the task with the long log, and how many lines that has */
export async function fill(visit) {
  await makeAll(visit, AGENTS, "/agents", (i) => ({ name: `agent-${i}`, labels: { site: `site-${i % 40}` } }));
  await makeAll(visit, RESOURCES, "/resources", (i) => ({
    name: `res-${i}`,
    kind: "postgres",
    agent: `agent-${i % AGENTS}`,
    host: `10.0.${i % 250}.${i % 200}`,
    port: 5432,
    labels: { env: i % 2 === 0 ? "production" : "staging" },
  }));
  await fillQueue(visit);
  return { task: await longLog(visit), lines: LINES * ATTEMPTS };
}

/** The last one tells whether they are there. */
async function makeAll(visit, count, path, draft) {
  if ((await visit.send("GET", `${path}/${draft(count - 1).name}`)).ok()) {
    return;
  }
  const numbers = Array.from({ length: count }, (_, i) => i).values();
  const work = async () => {
    for (const i of numbers) {
      await visit.make("POST", path, draft(i));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Tasks that wait, in a queue that is paused. */
async function fillQueue(visit) {
  await visit.make("POST", "/queues", { name: QUEUE, concurrencyLimit: 10 });
  await visit.call("POST", `/queues/${QUEUE}:pause`);
  const { ready } = await visit.call("GET", `/queues/${QUEUE}`);
  for (let made = ready > COUNTED ? TASKS : ready; made < TASKS; made += BATCH) {
    const items = Array.from({ length: BATCH }, (_, i) => ({
      type: "http.request",
      queue: QUEUE,
      input: { url: `https://example.org/orders/${made + i}` },
    }));
    // The answer as a whole says nothing of its parts: each has a task or what was wrong with it.
    const { items: answers } = await visit.call("POST", "/tasks:batch", { items });
    const refused = answers.find(({ task }) => !task);
    assert.ok(!refused, `a task was refused: ${JSON.stringify(refused)}`);
  }
}

/** What a function says that fails in each of its attempts. */
async function longLog(visit) {
  await visit.make("POST", "/functions", { name: LONG_LOG, source: SOURCE });
  const { id } = await visit.call("POST", "/tasks", {
    type: "code.run",
    input: { function: LONG_LOG, input: { lines: LINES } },
    retry: { maxFailures: ATTEMPTS, backoffSeconds: 0 },
  });
  await until(async () => (await visit.call("GET", `/tasks/${id}`)).state === "failed", "the long log's task fails");
  return id;
}
