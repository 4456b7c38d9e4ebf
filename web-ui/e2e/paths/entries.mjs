import assert from "node:assert/strict";

/** One sign-in leads into both entries, from each to the other, and from where pages were before to where they are. */
export async function bothEntries(visit) {
  const { page, platform, name } = visit;
  const heading = (words) => page.getByRole("heading", { name: words, level: 1, exact: true }).waitFor();
  const at = (address) => page.waitForURL(`${visit.url}${address}`);
  visit.expectRefusal(401, "/api/v1/session");
  await visit.goto("/console/queues?dialog=create");
  await page.getByLabel("Username").fill(platform.username);
  await page.getByLabel("Password", { exact: true }).fill(platform.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await at("/console/queues?dialog=create");
  const dialog = page.getByRole("dialog", { name: "Create queue" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create queue" }).click();
  await page.getByRole("row").filter({ hasText: name }).getByRole("link", { name, exact: true }).click();
  await at(`/tasks?queue=${name}`);
  await heading("Tasks");
  await page.goBack();
  await heading("Queues");
  await page.getByRole("link", { name: "UI", exact: true }).click();
  await heading("Home");
  await page.getByRole("link", { name: "Console", exact: true }).click();
  await heading("Overview");
  await visit.goto("/agents?dialog=enrol");
  await at("/console/agents?dialog=enrol");
  await page.getByRole("dialog", { name: "Enrol an agent" }).waitFor();
  await visit.goto("/settings?tab=workspace");
  await at("/console/settings");
  await heading("Workspace");
  await visit.goto("/console/nothing");
  await heading("There is no such page");
  await page.getByRole("link", { name: "Home" }).click();
  await heading("Overview");
  await visit.send("DELETE", `/queues/${name}`, undefined, { "If-Match": "*" });
  await page.getByRole("button", { name: platform.username }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await heading("Sign in");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
}
bothEntries.signsInItself = true;
