import assert from "node:assert/strict";
import { connect } from "node:net";
import { freePort, startEcho } from "../echo.mjs";
import { Shell } from "../shell.mjs";

/** From nothing to a tunnel, a task and a function by the checklist alone, with the commands that it shows. */
export async function firstRun(visit) {
  const shell = await Shell.open();
  const echo = await startEcho();
  try {
    await begin(visit, 5);
    await enrolAgent(visit, shell);
    await addResource(visit, echo.address().port);
    await openTunnel(visit, shell);
    await submitTask(visit);
    await writeFunction(visit);
    await visit.page.getByRole("link", { name: "Home", exact: true }).click();
    await visit.page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
    await checklist(visit).waitFor({ state: "detached" });
  } finally {
    await shell.close();
    echo.close();
  }
}

function checklist({ page }) {
  return page.getByRole("region", { name: "Get started" });
}

/** Home says how much is left. */
async function begin(visit, left) {
  await visit.goto("/");
  await checklist(visit).getByText(`${left} to go`).waitFor();
}

async function enrolAgent(visit, shell) {
  const { page, name } = visit;
  await checklist(visit).getByRole("link", { name: "Enrol an agent" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Continue" }).click();
  const command = await dialog.getByText(/^bascule agent run --api /).textContent();
  await dialog.getByText(`Waiting for ${name}`).waitFor();
  shell.start(command);
  await dialog.getByText(`${name} is online`).waitFor();
  await dialog.getByRole("link", { name: "Add a resource" }).click();
}

async function addResource(visit, port) {
  const { page, name } = visit;
  const dialog = page.getByRole("dialog", { name: "Add resource" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Agent").fill(name);
  await dialog.getByLabel("Host").fill("127.0.0.1");
  await dialog.getByLabel("Port").fill(String(port));
  await dialog.getByRole("button", { name: "Add resource" }).click();
  await page.getByText(`bascule tcp ${name} --port`).waitFor();
}

async function openTunnel(visit, shell) {
  await begin(visit, 3);
  const { username, password } = visit.platform;
  const signIn = await checklist(visit)
    .getByText(/^bascule login /)
    .textContent();
  await shell.run(`${signIn} --user ${username} --password-stdin`, password);
  const open = await checklist(visit)
    .getByText(/^bascule tcp /)
    .textContent();
  const port = await freePort();
  const listening = shell.start(open.replace("15432", String(port)));
  assert.equal(await answerOf(port, listening), "hello");
  // Nothing is loaded again: the open tunnel is announced.
  await checklist(visit).getByText("2 to go").waitFor();
}

async function submitTask(visit) {
  const { page } = visit;
  await checklist(visit).getByRole("link", { name: "Submit a task" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Task type" }).click();
  await page.getByRole("option", { name: "echo" }).click();
  await dialog.getByRole("button", { name: "Submit task" }).click();
  await page.getByText("succeeded").first().waitFor();
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await checklist(visit).getByText("1 to go").waitFor();
}

async function writeFunction(visit) {
  const { page, name } = visit;
  await checklist(visit).getByRole("link", { name: "Create a function" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Create function" }).click();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("region", { name: "Outcome of the test run" }).getByText('"hello": "world"').waitFor();
}

/** Says hello through the tunnel, as soon as its near end is there. */
async function answerOf(port, program) {
  await program.says(String(port));
  const socket = connect(port, "127.0.0.1");
  socket.end("hello");
  let answer = "";
  for await (const piece of socket) {
    answer += piece;
  }
  return answer;
}
