import { fillEcho } from "../submit.mjs";

/** Submits an echo task and sees its result come. */
export async function submitTask(visit) {
  const { page, name } = visit;
  await visit.goto("/tasks?dialog=submit");
  const submit = await fillEcho(page, { message: name, sleepMillis: 500 });
  await submit.click();
  await page.getByRole("heading", { name: "echo", level: 1 }).waitFor();
  await page.getByRole("region", { name: "Result" }).getByText(name).waitFor();
  await page.getByText("succeeded").first().waitFor();
}

/** A task that somebody else submits appears on the open page without the page asking for it. */
export async function followTasks(visit) {
  const { page, name } = visit;
  await visit.goto("/tasks?type=echo");
  await page.getByText("Live", { exact: true }).first().waitFor();
  await visit.call("POST", "/tasks", { type: "echo", input: { message: name } });
  await page.getByText(name).waitFor();
}

/** A task in a paused queue says why it waits and who it shares its key with, and goes on when the queue does. */
export async function taskSaysWhyItWaits(visit) {
  const { page, name } = visit;
  await visit.call("POST", "/queues", { name, concurrencyLimit: 1 });
  await visit.call("POST", `/queues/${name}:pause`);
  await visit.goto("/tasks?dialog=submit");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Task type" }).click();
  await page.getByRole("option", { name: "http.request" }).click();
  await dialog.getByLabel("Input", { exact: true }).fill(JSON.stringify({ url: "http://not-a-host.invalid/" }));
  await dialog.getByLabel("Queue").fill(name);
  await dialog.getByLabel("Concurrency key").fill("customer-42");
  await dialog.getByRole("button", { name: "Submit task" }).click();
  await page.getByText(`Its queue ${name} is paused.`).waitFor();
  await page.getByText("customer-42").waitFor();
  await visit.call("POST", `/queues/${name}:resume`);
  await page.getByRole("region", { name: "Why it waits" }).waitFor({ state: "detached" });
  await page.getByText("failed").first().waitFor();
}
