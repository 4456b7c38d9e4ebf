import assert from "node:assert/strict";
import { until } from "../visit.mjs";

/** Creates a token, which is shown once, and revokes it. */
export async function createToken(visit) {
  const { page, name } = visit;
  await visit.goto("/settings?dialog=token");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create token" }).click();
  const stored = dialog.getByRole("button", { name: "I have stored it" });
  await stored.waitFor();
  const token = await dialog.locator("pre").textContent();
  const { items } = await (await fetch(`${visit.url}/api/v1/tokens`, bearer(token))).json();
  assert.ok(items.some((one) => one.name === name));
  await stored.click();
  await page.getByRole("link", { name: `Revoke ${name}` }).click();
  assert.ok(!(await page.content()).includes(token), "a token is shown once");
  await page.getByRole("button", { name: "Revoke token" }).click();
  await page.getByRole("row").filter({ hasText: name }).getByText("revoked").waitFor();
  // Each pod believes a token for a moment before it asks again.
  await until(async () => (await fetch(`${visit.url}/api/v1/tokens`, bearer(token))).status === 401);
}

function bearer(token) {
  return { headers: { Authorization: `Bearer ${token}` } };
}

/** Sets the quota of queued tasks and lifts it. */
export async function setQuota(visit) {
  const { page } = visit;
  await visit.goto("/console/settings");
  const most = page.getByLabel("Queued tasks at once, over all queues");
  await most.fill("7");
  await page.getByRole("button", { name: "Save quota" }).click();
  await page.getByText(/queued tasks run now, of at most 7\./).waitFor();
  await most.fill("");
  await page.getByRole("button", { name: "Save quota" }).click();
  await page.getByText(/only the queues limit them/).waitFor();
}
