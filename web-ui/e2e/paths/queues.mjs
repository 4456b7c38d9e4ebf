/** Creates a queue, pauses it, sees a task wait in it, purges it and deletes it. */
export async function pauseAndPurge(visit) {
  const { page, name } = visit;
  visit.expectGone("queues");
  await visit.goto("/console/queues?dialog=create");
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Create queue" }).click();
  await page.getByRole("button", { name: `Pause ${name}` }).click();
  await page.getByRole("button", { name: `Resume ${name}` }).waitFor();
  await visit.call("POST", "/tasks", { type: "http.request", queue: name, input: { url: "http://192.0.2.1/" } });
  const waiting = page.getByRole("row").filter({ hasText: name }).getByRole("cell").nth(2);
  await waiting.getByText("1", { exact: true }).waitFor();
  await visit.goto(`/console/queues?dialog=purge&name=${name}`);
  await page.getByText(/is cancelled: 1 task\./).waitFor();
  await page.getByRole("button", { name: "Cancel all that waits" }).click();
  await page.getByText(`1 task of ${name} cancelled`).waitFor();
  await visit.goto(`/console/queues?dialog=delete&name=${name}`);
  await page.getByRole("button", { name: "Delete queue" }).click();
  await page.getByText(`Queue ${name} deleted`).waitFor();
}
