import assert from "node:assert/strict";

/** Creates a function, changes it, runs it with an input, and deletes it. */
export async function createFunction(visit) {
  const { page, name } = visit;
  visit.expectGone("functions");
  await visit.goto("/functions");
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
  await outcome(page).getByText('"sum": 42').waitFor();
  await visit.goto(`/functions?dialog=delete&name=${name}`);
  await page.getByRole("button", { name: "Delete function" }).click();
  await page.getByText(`Function ${name} deleted`).waitFor();
}

/** A function reads the secret that its version names, and no other; a version keeps it when only the code changes. */
export async function functionReadsSecret(visit) {
  const { page, name } = visit;
  const source = "const handler = (input, { secrets }) => Object.keys(secrets).join();";
  await visit.call("PUT", `/secrets/${name}`, { value: "hush-hush" });
  await visit.call("POST", "/functions", { name, source });
  await visit.goto(`/functions/${name}`);
  const secrets = page.getByRole("combobox", { name: "May read the secrets" });
  await secrets.fill(name);
  await page.getByRole("option", { name }).click();
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await page.getByText(`Version 2 of ${name} saved`).waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await outcome(page).getByText(name).waitFor();
  await page.getByLabel("Time (s)").fill("20");
  await page.getByRole("button", { name: "Save as version 3" }).click();
  await page.getByText(`Version 3 of ${name} saved`).waitFor();
  const { version } = await visit.call("GET", `/functions/${name}`);
  assert.deepEqual(version.secrets, [name]);
}

/** An earlier version is made live, and tasks that name none run it, until the newest is live again. */
export async function rollBackFunction(visit) {
  const { page, name } = visit;
  await visit.call("POST", "/functions", { name, source: "const handler = () => 'first';" });
  await visit.call("POST", `/functions/${name}/versions`, { source: "const handler = () => 'second';" });
  await visit.goto(`/functions/${name}?version=1`);
  await page.getByRole("link", { name: "Roll back to version 1" }).click();
  await page.getByRole("dialog").getByText("differs from version 2 in index.js (changed)").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).click();
  await page.getByText(`Version 1 of ${name} is live`).waitFor();
  const { id } = await visit.call("POST", "/tasks", { type: "code.run", input: { function: name } });
  await visit.goto(`/tasks/${id}`);
  await page.getByText(`Version 1 of ${name}, which is live`).waitFor();
  await page.getByText('"first"').waitFor();
  await visit.goto(`/functions/${name}?version=2`);
  await page.getByRole("link", { name: "Make version 2 live" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make it live" }).click();
  await page.getByText(`Version 2 of ${name} is live`).waitFor();
  const { liveVersion } = await visit.call("GET", `/functions/${name}`);
  assert.equal(liveVersion, 2);
}

/** Creates a function in Python and runs it as it was given. */
export async function createPythonFunction(visit) {
  const { page, name } = visit;
  await visit.goto("/functions?dialog=create");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByText("Python").click();
  await dialog.getByRole("button", { name: "Create function" }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await outcome(page).getByText('"hello": "world"').waitFor();
}

function outcome(page) {
  return page.getByRole("region", { name: "Outcome of the test run" });
}
