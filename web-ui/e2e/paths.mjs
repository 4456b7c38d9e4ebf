// What people do, step by step, each ending in what they would see.
import assert from "node:assert/strict";

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
  await dialog.getByRole("combobox", { name: "Type" }).click();
  await page.getByRole("option", { name: "echo" }).click();
  await dialog.getByLabel("Input", { exact: true }).fill(JSON.stringify({ message, sleepMillis: 500 }));
  await dialog.getByRole("button", { name: "Submit task" }).click();
  await page.getByRole("heading", { name: "echo", level: 1 }).waitFor();
  const result = page.getByRole("region", { name: "Result" });
  await result.getByText(message).waitFor();
  await page.getByText("succeeded").first().waitFor();
}

async function firstAgent(page) {
  const answer = await page.evaluate(() => fetch("/api/v1/agents?limit=100").then((response) => response.json()));
  return answer.items.find(({ state }) => state !== "revoked")?.name;
}
