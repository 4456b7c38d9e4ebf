import assert from "node:assert/strict";

/** Sets a secret, gives it a new value, and removes it; its value is nowhere on the page. */
export async function setAndRemoveSecret(visit) {
  const { page, name } = visit;
  const value = `hush-${name}`;
  visit.expectRefusal(400, "/api/v1/secrets");
  visit.expectGone("secrets");
  await visit.goto("/secrets?dialog=set");
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
  await visit.goto(`/secrets?dialog=remove&name=${name}`);
  await page.getByRole("button", { name: "Remove secret" }).click();
  await page.getByText(`Secret ${name} removed`).waitFor();
}
