import assert from "node:assert/strict";

/** Creates a resource, reads how to connect to it, and deletes it. */
export async function createResource(visit) {
  const { page, name } = visit;
  visit.expectGone("resources");
  await visit.call("POST", "/agents", { name });
  await visit.goto("/resources");
  await page
    .getByRole("link", { name: /Add (the first )?resource/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("combobox", { name: "Kind" }).click();
  await page.getByRole("option", { name: "postgres" }).click();
  await dialog.getByLabel("Agent").fill(name);
  await dialog.getByLabel("Host").fill("127.0.0.1");
  assert.equal(await dialog.getByLabel("Port").inputValue(), "5432", "the kind brings its usual port");
  await dialog.getByRole("button", { name: "Add resource" }).click();
  await page.getByText(`bascule tcp ${name} --port 15432`).waitFor();
  await visit.goto(`/resources?dialog=delete&name=${name}`);
  await page.getByRole("button", { name: "Delete resource" }).click();
  await page.getByText(`Resource ${name} deleted`).waitFor();
}
