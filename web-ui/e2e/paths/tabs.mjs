import assert from "node:assert/strict";
import { fillEcho } from "../submit.mjs";

/** Somebody has two tabs: a change in one is seen in the other, and so is a sign-out, which takes nothing that was typed. */
export async function twoTabs(visit) {
  const { page, name, platform } = visit;
  visit.expectRefusal(401, "/api/v1/");
  const other = await visit.openTab();
  await visit.goto("/tasks?type=echo");
  await page.getByText("Live", { exact: true }).first().waitFor();
  await other.goto(`${visit.url}/tasks?dialog=submit`);
  await submitEcho(other, `${name}-seen`);
  await page.getByText(`${name}-seen`).waitFor();
  await comeBack(page);
  await page.getByRole("link", { name: "Submit task" }).click();
  const input = page.getByRole("dialog", { name: "Submit task" }).getByLabel("Input", { exact: true });
  await input.fill(JSON.stringify({ message: `${name}-typed` }));
  await other.bringToFront();
  await other.getByRole("button", { name: platform.username }).click();
  await other.getByRole("menuitem", { name: "Sign out" }).click();
  const again = page.getByRole("dialog", { name: "Your session has ended" });
  await again.waitFor();
  await other.getByLabel("Username").fill(platform.username);
  await other.getByLabel("Password", { exact: true }).fill(platform.password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  await comeBack(page);
  await again.waitFor({ state: "detached" });
  assert.equal(await input.inputValue(), JSON.stringify({ message: `${name}-typed` }));
  await submitEcho(page, `${name}-typed`);
  await page.getByRole("region", { name: "Result" }).getByText(`${name}-typed`).waitFor();
}

/** Chooses the tab; without a window, a browser says nothing of it to the page. */
async function comeBack(page) {
  await page.bringToFront();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
}

async function submitEcho(page, message) {
  const submit = await fillEcho(page, { message });
  await submit.click();
}

/** Filters, dialogs and the pages of both entries are places: back and forward lead through them. */
export async function backAndForward(visit) {
  const { page } = visit;
  const at = (address) => page.waitForURL(`${visit.url}${address}`);
  await visit.goto("/tasks?state=failed");
  await page.getByRole("link", { name: "Submit task" }).click();
  await at("/tasks?state=failed&dialog=submit");
  await page.getByRole("dialog").waitFor();
  await page.goBack();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await page.getByRole("combobox", { name: "State" }).inputValue(), "failed");
  await page.goForward();
  await page.getByRole("dialog").waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await at("/settings");
  await page.getByRole("link", { name: "Console", exact: true }).click();
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Workspace", exact: true }).click();
  await at("/console/settings");
  await page.goBack();
  await at("/console");
  await page.goBack();
  await at("/settings");
  await page.goBack();
  await at("/tasks?state=failed");
  for (const address of ["/settings", "/console", "/console/settings"]) {
    await page.goForward();
    await at(address);
  }
  await page.getByLabel("Queued tasks at once, over all queues").waitFor();
}
