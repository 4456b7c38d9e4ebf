import assert from "node:assert/strict";

/** Signs in from a page deep inside and is back there. */
export async function signIn(visit) {
  const { page, platform } = visit;
  visit.expectRefusal(401, "/api/v1/session");
  await visit.goto("/tasks?state=failed");
  await page.getByLabel("Username").fill(platform.username);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(platform.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Tasks", level: 1 }).waitFor();
  assert.equal(new URL(page.url()).search, "?state=failed", "the sign-in leads back to where one was");
}
signIn.signsInItself = true;
