import assert from "node:assert/strict";
import { Line } from "../line.mjs";

/** The session ends while somebody types: they sign in again over the page, and what they typed is still there. */
export async function sessionLost(visit) {
  const { page, name, platform } = visit;
  visit.expectRefusal(401, "/api/v1/");
  await visit.goto("/console/queues?dialog=create");
  const typed = page.getByRole("dialog", { name: "Create queue" }).getByLabel("Name");
  await typed.fill(name);
  await visit.endSession();
  const again = page.getByRole("dialog", { name: "Your session has ended" });
  await again.getByLabel("Password", { exact: true }).fill(platform.password);
  await again.getByRole("button", { name: "Sign in" }).click();
  await again.waitFor({ state: "detached" });
  assert.equal(await typed.inputValue(), name, "what was typed is still there");
  await page.getByRole("button", { name: "Create queue" }).click();
  await page.getByRole("row").filter({ hasText: name }).waitFor();
  await page.getByText("Live", { exact: true }).first().waitFor();
}

/** Somebody else changes what is being edited: both versions are shown, and nothing is overwritten unseen. */
export async function bothVersions(visit) {
  const { page, name } = visit;
  visit.expectRefusal(412, `/api/v1/queues/${name}`);
  await visit.call("POST", "/queues", { name, concurrencyLimit: 2 });
  await visit.goto(`/console/queues?dialog=limit&name=${name}`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Tasks at once").fill("8");
  await changeLimit(visit, 5);
  await dialog.getByRole("button", { name: "Save limits" }).click();
  const both = dialog.getByRole("row", { name: "Tasks at once" });
  await both.getByRole("cell", { name: "8", exact: true }).waitFor();
  await both.getByRole("cell", { name: "5", exact: true }).waitFor();
  await changeLimit(visit, 6);
  await dialog.getByRole("button", { name: "Save mine over theirs" }).click();
  // Theirs has changed once more since it was shown.
  await both.getByRole("cell", { name: "6", exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Save mine over theirs" }).click();
  await dialog.waitFor({ state: "detached" });
  const { concurrencyLimit } = await visit.call("GET", `/queues/${name}`);
  assert.equal(concurrencyLimit, 8);
  await visit.send("DELETE", `/queues/${name}`, undefined, { "If-Match": "*" });
}

async function changeLimit(visit, concurrencyLimit) {
  const path = `/queues/${visit.name}`;
  const etag = (await visit.send("GET", path)).headers().etag;
  const answer = await visit.send("PUT", path, { concurrencyLimit }, { "If-Match": etag });
  assert.ok(answer.ok(), await answer.text());
}

const LINES = 100;
const SOURCE = `async function handler() {
  for (let line = 0; line < ${LINES}; line++) {
    console.log('line ' + line);
    await new Promise((later) => setTimeout(later, 100));
  }
}`;

/** The network is cut while a log is followed: it goes on where it was, without a gap and without a line twice. */
export async function networkCut(visit) {
  const { page, name } = visit;
  visit.expectNoNetwork();
  await visit.call("POST", "/functions", { name, source: SOURCE });
  const { id } = await visit.call("POST", `/functions/${name}:run`, { input: {} });
  const line = await Line.to(visit.url);
  try {
    await visit.goto(`/tasks/${id}`, line.url);
    await page.getByText("Live", { exact: true }).first().waitFor();
    const log = page.getByRole("log");
    await log.getByText("line 3", { exact: true }).waitFor();
    line.cut();
    await page.getByText("Reconnecting…").first().waitFor();
    await page.getByText("connection lost, trying again").waitFor();
    line.mend();
    await log.getByText(`line ${LINES - 1}`, { exact: true }).waitFor();
    await page.getByText("succeeded").first().waitFor();
    await page.getByText("Live", { exact: true }).first().waitFor();
    const shown = (await log.innerText()).match(/line \d+/g);
    assert.deepEqual(
      shown,
      Array.from({ length: LINES }, (_, number) => `line ${number}`),
    );
  } finally {
    line.close();
  }
}
