import { Keyboard } from "../keyboard.mjs";

/** Signs in, finds the tasks, submits one and reads its result, without a mouse. */
export async function taskByKeyboard(visit) {
  const { page, name, platform } = visit;
  const keyboard = await Keyboard.of(page);
  visit.expectRefusal(401, "/api/v1/session");
  await visit.goto("/");
  await keyboard.write(page.getByLabel("Username"), platform.username);
  await keyboard.write(page.getByLabel("Password", { exact: true }), platform.password);
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  await keyboard.choose(page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Tasks" }));
  await page.getByRole("heading", { name: "Tasks", level: 1 }).waitFor();
  await keyboard.choose(page.getByRole("link", { name: "Submit task" }));
  const dialog = page.getByRole("dialog");
  await keyboard.pick(dialog.getByRole("combobox", { name: "Task type" }), page.getByRole("option", { name: "echo" }));
  await keyboard.write(dialog.getByLabel("Input", { exact: true }), JSON.stringify({ message: name }));
  await keyboard.choose(dialog.getByRole("button", { name: "Submit task" }));
  await page.getByRole("region", { name: "Result" }).getByText(name).waitFor();
  await keyboard.wasAlone();
}
taskByKeyboard.signsInItself = true;

/** Creates a function, changes its code, leaves the editor and runs it, without a mouse. */
export async function functionByKeyboard(visit) {
  const { page, name } = visit;
  const keyboard = await Keyboard.of(page);
  await visit.goto("/functions");
  await page.getByRole("heading", { name: "Functions", level: 1 }).waitFor();
  await keyboard.choose(page.getByRole("link", { name: /^Create (the first )?function$/ }).first());
  await keyboard.write(page.getByRole("dialog").getByLabel("Name"), name);
  await keyboard.press("Enter");
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  const code = page.getByRole("textbox", { name: `Code of ${name}` });
  await keyboard.write(code, `const handler = () => ({ by: "${name}" });`);
  await keyboard.press("ControlOrMeta+S");
  await page.getByText(`Version 2 of ${name} saved`).waitFor();
  await page.waitForURL(/version=2$/);
  await keyboard.isAt(code);
  // As the words above the editor say: Tab alone indents.
  await keyboard.press("Escape");
  await keyboard.choose(page.getByRole("button", { name: "Run", exact: true }));
  await page.getByRole("region", { name: "Outcome of the test run" }).getByText(`"by": "${name}"`).waitFor();
  await keyboard.wasAlone();
}

/** Adds a resource from the palette and gets at how to reach it, without a mouse. */
export async function resourceByKeyboard(visit) {
  const { page, name } = visit;
  await visit.call("POST", "/agents", { name });
  const keyboard = await Keyboard.of(page);
  await visit.goto("/");
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  await keyboard.press("ControlOrMeta+K");
  const search = page.getByRole("textbox", { name: "Search" });
  await search.waitFor();
  await page.keyboard.type("Add resource");
  await page.getByRole("button", { name: "Add resource" }).waitFor();
  await keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Add resource" });
  await keyboard.write(dialog.getByLabel("Name"), name);
  await keyboard.pick(dialog.getByRole("combobox", { name: "Kind" }), page.getByRole("option", { name: "postgres" }));
  await keyboard.write(dialog.getByLabel("Agent"), name);
  await keyboard.write(dialog.getByLabel("Host"), "127.0.0.1");
  await keyboard.press("Enter");
  const command = page.getByText(`bascule tcp ${name} --port 15432`);
  await command.waitFor();
  await keyboard.choose(page.getByRole("dialog").getByRole("button", { name: /^Copy/ }).first());
  await keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await keyboard.wasAlone();
}
