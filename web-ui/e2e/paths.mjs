// What people do, step by step, each ending in what they would see.
import assert from "node:assert/strict";
import { createServer } from "node:http";

/** Signs in from a page deep inside and is back there. */
export async function signIn(page, url, { username, password }) {
  await page.goto(`${url}/tasks?state=failed`);
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Tasks", level: 1 }).waitFor();
  assert.equal(new URL(page.url()).search, "?state=failed", "the sign-in leads back to where one was");
}

/**
 * Creates a resource at the first agent there is and reads how to connect to it.
 *
 * @returns false when there is no agent to create it at
 */
export async function createResource(page, url, name) {
  const agent = await firstAgent(page);
  if (!agent) {
    console.log("No agent: the resource's path is left out");
    return false;
  }
  await page.goto(`${url}/resources`);
  await page
    .getByRole("link", { name: /Add (the first )?resource/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("combobox", { name: "Kind" }).click();
  await page.getByRole("option", { name: "postgres" }).click();
  await dialog.getByLabel("Agent").fill(agent);
  await dialog.getByLabel("Host").fill("127.0.0.1");
  assert.equal(await dialog.getByLabel("Port").inputValue(), "5432", "the kind brings its usual port");
  await dialog.getByRole("button", { name: "Add resource" }).click();
  await page.getByText(`bascule tcp ${name} --port 15432`).waitFor();
  return true;
}

export async function deleteResource(page, url, name) {
  await page.goto(`${url}/resources?dialog=delete&name=${name}`);
  await page.getByRole("button", { name: "Delete resource" }).click();
  await page.getByText(`Resource ${name} deleted`).waitFor();
}

/** Submits an echo task and sees its result come. */
export async function submitEcho(page, url, message) {
  await page.goto(`${url}/tasks?dialog=submit`);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Task type" }).click();
  await page.getByRole("option", { name: "echo" }).click();
  await dialog.getByLabel("Input", { exact: true }).fill(JSON.stringify({ message, sleepMillis: 500 }));
  await dialog.getByRole("button", { name: "Submit task" }).click();
  await page.getByRole("heading", { name: "echo", level: 1 }).waitFor();
  const result = page.getByRole("region", { name: "Result" });
  await result.getByText(message).waitFor();
  await page.getByText("succeeded").first().waitFor();
}

/** A task that somebody else submits is on the open page within two seconds, without the page asking for it. */
export async function followTasks(page, url) {
  await page.goto(`${url}/tasks?type=echo`);
  await page.getByText("Live", { exact: true }).first().waitFor();
  const message = `seen live ${Date.now()}`;
  const submitted = Date.now();
  await page.evaluate(submit, { type: "echo", input: { message } });
  await page.getByText(message).waitFor({ timeout: 4_000 });
  console.log(`A task was on the open page after ${Date.now() - submitted} ms`);
}

/** Creates a function, changes it, and runs it with an input. */
export async function createFunction(page, url, name) {
  await page.goto(`${url}/functions`);
  await page
    .getByRole("link", { name: /Create (the first )?function/ })
    .first()
    .click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Create function" }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  const editor = page.getByRole("textbox", { name: `Code of ${name}` });
  await editor.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("const handler = ({ a, b }) => ({ sum: a + b });");
  await page.keyboard.press("ControlOrMeta+S");
  await page.getByText(`Version 2 of ${name} saved`).waitFor();
  await page.getByLabel("Input").fill('{"a": 2, "b": 40}');
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const outcome = page.getByRole("region", { name: "Outcome of the test run" });
  await outcome.getByText('"sum": 42').waitFor();
}

/** Creates a function in Python and runs it as it was given. */
export async function createPythonFunction(page, url, name) {
  await page.goto(`${url}/functions?dialog=create`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByText("Python").click();
  await dialog.getByRole("button", { name: "Create function" }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("region", { name: "Outcome of the test run" }).getByText('"hello": "world"').waitFor();
}

export async function deleteFunction(page, url, name) {
  await page.goto(`${url}/functions?dialog=delete&name=${name}`);
  await page.getByRole("button", { name: "Delete function" }).click();
  await page.getByText(`Function ${name} deleted`).waitFor();
}

/** Creates a queue, pauses it, sees a task wait in it, purges it and deletes it. */
export async function pauseAndPurge(page, url, name) {
  await page.goto(`${url}/queues?dialog=create`);
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Create queue" }).click();
  await page.getByRole("button", { name: `Pause ${name}` }).click();
  await page.getByRole("button", { name: `Resume ${name}` }).waitFor();
  await page.evaluate(submit, { type: "http.request", queue: name, input: { url: "http://192.0.2.1/" } });
  const waiting = page.getByRole("row").filter({ hasText: name }).getByRole("cell").nth(2);
  await page.waitForFunction((cell) => cell.textContent === "1", await waiting.elementHandle());
  await page.goto(`${url}/queues?dialog=purge&name=${name}`);
  await page.getByText(/is cancelled: 1 task\./).waitFor();
  await page.getByRole("button", { name: "Cancel all that waits" }).click();
  await page.getByText(`1 task of ${name} cancelled`).waitFor();
  await page.goto(`${url}/queues?dialog=delete&name=${name}`);
  await page.getByRole("button", { name: "Delete queue" }).click();
  await page.getByText(`Queue ${name} deleted`).waitFor();
}

/** Creates a schedule, lets it run now, pauses it and deletes it. */
export async function createSchedule(page, url, name) {
  await page.goto(`${url}/schedules?dialog=create`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByText("At times of the day (cron)").click();
  await dialog.getByLabel("Cron expression").fill("61 9 * * *");
  await dialog.getByRole("button", { name: "Create schedule" }).click();
  await dialog.getByText(/out of range|expected/).waitFor();
  await dialog.getByLabel("Cron expression").fill("30 9 * * MON-FRI");
  await dialog.getByRole("button", { name: "Create schedule" }).click();
  await page.getByRole("button", { name: `Run now: ${name}` }).click();
  await page.getByRole("region", { name: "Result" }).waitFor();
  await page.goto(`${url}/schedules`);
  await page.getByRole("button", { name: `More about ${name}` }).click();
  await page.getByRole("menuitem", { name: "Pause" }).click();
  await page.getByRole("row").filter({ hasText: name }).getByText("paused").waitFor();
  await page.goto(`${url}/schedules?dialog=delete&name=${name}`);
  await page.getByRole("button", { name: "Delete schedule" }).click();
  await page.getByText(`Schedule ${name} deleted`).waitFor();
}

/** Sets a secret, gives it a new value, and removes it; its value is nowhere on the page. */
export async function setAndRemoveSecret(page, url, name) {
  const value = `hush-${name}`;
  await page.goto(`${url}/secrets?dialog=set`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Value", { exact: false }).fill("abc");
  await dialog.getByRole("button", { name: "Set secret" }).click();
  await dialog.getByText(/at least 4 characters/).waitFor();
  await dialog.getByLabel("Value", { exact: false }).fill(value);
  await dialog.getByRole("button", { name: "Set secret" }).click();
  const row = page.getByRole("row").filter({ hasText: name });
  await row.getByRole("link", { name: `New value for ${name}` }).click();
  await dialog.getByText(/Replaces version 1/).waitFor();
  await dialog.getByRole("textbox", { name: "New value" }).fill(value);
  await dialog.getByRole("button", { name: "Set new value" }).click();
  await page.getByText(`Secret ${name} has a new value, version 2`).waitFor();
  assert.ok(!(await page.content()).includes(value), "a value that was sent is gone from the page");
  await page.goto(`${url}/secrets?dialog=remove&name=${name}`);
  await page.getByRole("button", { name: "Remove secret" }).click();
  await page.getByText(`Secret ${name} removed`).waitFor();
}

/**
 * Creates a webhook by keyboard alone, sees its secret once, and a test event arrive and be delivered.
 *
 * @returns false when the platform may not send to this machine
 */
export async function createWebhook(page, url, name) {
  const receiver = createServer((request, answer) => request.resume().on("end", () => answer.writeHead(204).end()));
  await new Promise((listening) => receiver.listen(0, "127.0.0.1", listening));
  try {
    await page.goto(`${url}/webhooks?dialog=create`);
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").press("End");
    await page.keyboard.type(name);
    await page.keyboard.press("Tab");
    await page.keyboard.type(`http://127.0.0.1:${receiver.address().port}/hooks`);
    await page.keyboard.press("Enter");
    const secret = dialog.getByText(/^whsec_/);
    const refusal = dialog.getByText(/is a private address/);
    await secret.or(refusal).waitFor();
    if (await refusal.isVisible()) {
      console.log("The platform may not send to this machine: the webhook's path is left out");
      return false;
    }
    const shown = await secret.textContent();
    await dialog.getByRole("button", { name: "I have stored it" }).press("Enter");
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    await secret.waitFor({ state: "detached" });
    await page.getByRole("button", { name: `Test ${name}` }).click();
    await page.getByRole("row").filter({ hasText: "webhook.ping" }).getByText("delivered").waitFor();
    assert.ok(!(await page.content()).includes(shown), "a signing secret is shown once");
    return true;
  } finally {
    receiver.close();
  }
}

export async function deleteWebhook(page, url, name) {
  await page.goto(`${url}/webhooks/${name}?dialog=delete`);
  await page.getByRole("button", { name: "Delete webhook" }).click();
  await page.getByText(`Webhook ${name} deleted`).waitFor();
}

/** The pages of one task, one function and one webhook, where there are any. */
export async function singlePages(page) {
  const first = (path) => fetch(`/api/v1${path}`).then(async (answer) => (await answer.json()).items[0]);
  const task = await page.evaluate(first, "/tasks?limit=1");
  const one = await page.evaluate(first, "/functions?limit=1");
  const webhook = await page.evaluate(first, "/webhooks?limit=1");
  return [
    ...(task ? [{ path: `/tasks/${task.id}`, name: "task" }] : []),
    ...(one ? [{ path: `/functions/${one.name}`, name: "function" }] : []),
    ...(webhook ? [{ path: `/webhooks/${webhook.name}`, name: "webhook" }] : []),
  ];
}

/** Runs in the page: submits a task as another program would. */
async function submit(task) {
  const token = document.cookie.match(/XSRF-TOKEN=([^;]*)/)?.[1];
  const headers = { "Content-Type": "application/json", "X-XSRF-TOKEN": token };
  await fetch("/api/v1/tasks", { method: "POST", headers, body: JSON.stringify(task) });
}

async function firstAgent(page) {
  const answer = await page.evaluate(() => fetch("/api/v1/agents?limit=100").then((response) => response.json()));
  return answer.items.find(({ state }) => state !== "revoked")?.name;
}
