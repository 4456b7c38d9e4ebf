import assert from "node:assert/strict";
import { Line } from "../line.mjs";
import { fillEcho } from "../submit.mjs";
import { until } from "../visit.mjs";

/** The answer to what somebody sends is lost on its way: they send it again, and it has happened once. */
export async function answerLost(visit) {
  const { page, name } = visit;
  visit.expectNoNetwork();
  await overLine(visit, async (line) => {
    await visit.goto("/tasks?dialog=submit", line.url);
    const submit = await fillEcho(page, { message: name });
    line.loseAnswers();
    await submit.click();
    await until(async () => (await tasksOf(visit)).length === 1);
    line.cut();
    await page.getByRole("dialog").getByText("Bascule does not answer").waitFor();
    line.mend();
    await submit.click();
    await page.getByRole("region", { name: "Result" }).getByText(name).waitFor();
    assert.equal((await tasksOf(visit)).length, 1, "it was submitted once");
  });
}

async function tasksOf(visit) {
  const { items } = await visit.call("GET", "/tasks?type=echo&limit=100");
  return items.filter(({ input }) => input.message === visit.name);
}

/** The stream of changes breaks off: it goes on after the last that was seen, and what happened meanwhile is shown. */
export async function changesGoOn(visit) {
  const { page, name } = visit;
  visit.expectNoNetwork();
  await overLine(visit, async (line) => {
    await visit.goto("/tasks?type=echo", line.url);
    await page.getByText("Live", { exact: true }).first().waitFor();
    await echo(visit, `${name}-before`);
    await page.getByText(`${name}-before`).waitFor();
    // The first may be there because the page was read anew when the stream began; this one only by an event.
    await echo(visit, `${name}-by-event`);
    await page.getByText(`${name}-by-event`).waitFor();
    line.cut();
    await page.getByText("Reconnecting…").first().waitFor();
    await echo(visit, `${name}-meanwhile`);
    const again = page.waitForResponse((answer) => answer.url() === `${line.url}/api/v1/events` && answer.ok());
    line.mend();
    const { "last-event-id": last } = await (await again).request().allHeaders();
    assert.ok(last, "the stream says where it broke off");
    await page.getByText(`${name}-meanwhile`).waitFor();
    await page.getByText("Live", { exact: true }).first().waitFor();
  });
}

async function echo(visit, message) {
  await visit.call("POST", "/tasks", { type: "echo", input: { message } });
}

/** Answers take long: what was read before stands there at once, and a page that has to wait is there all the same. */
export async function slowAnswers(visit) {
  const { page, name } = visit;
  await echo(visit, `${name}-first`);
  await echo(visit, `${name}-second`);
  await overLine(visit, async (line) => {
    await visit.goto("/tasks?type=echo", line.url);
    const task = (which) => page.getByRole("row").filter({ hasText: `${name}-${which}` });
    await task("first").getByRole("link").click();
    await page.getByRole("heading", { name: "echo", level: 1 }).waitFor();
    await page.goBack();
    await task("second").waitFor();
    line.hold();
    await task("second").getByRole("link").click();
    await page.getByRole("heading", { name: "Task", level: 1, exact: true }).waitFor();
    await page.goBack();
    await task("first").waitFor();
    assert.equal(await page.locator("[aria-busy=true]").count(), 0, "nothing stands in for rows that are there");
    await page.goForward();
    await page.getByRole("heading", { name: "Task", level: 1, exact: true }).waitFor();
    line.mend();
    await page.getByRole("region", { name: "Result" }).getByText(`${name}-second`).waitFor();
  });
}

async function overLine({ url, page }, walk) {
  const line = await Line.to(url);
  try {
    await walk(line);
    await page.goto("about:blank");
  } finally {
    line.close();
  }
}
