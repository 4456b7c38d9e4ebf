import assert from "node:assert/strict";
import { createServer } from "node:http";

/** Creates a webhook by keyboard alone, sees its secret once, and a test event arrive and be delivered. */
export async function createWebhook(visit) {
  const { page, name } = visit;
  visit.expectGone("webhooks");
  const receiver = createServer((request, answer) => request.resume().on("end", () => answer.writeHead(204).end()));
  await new Promise((listening) => receiver.listen(0, "127.0.0.1", listening));
  try {
    await visit.goto("/webhooks?dialog=create");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").press("End");
    await page.keyboard.type(name);
    await page.keyboard.press("Tab");
    await page.keyboard.type(`http://127.0.0.1:${receiver.address().port}/hooks`);
    await page.keyboard.press("Enter");
    const secret = dialog.getByText(/^whsec_/);
    const shown = await secret.textContent();
    await dialog.getByRole("button", { name: "I have stored it" }).press("Enter");
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    await secret.waitFor({ state: "detached" });
    await page.getByRole("button", { name: `Test ${name}` }).click();
    await page.getByRole("row").filter({ hasText: "webhook.ping" }).getByText("delivered").waitFor();
    assert.ok(!(await page.content()).includes(shown), "a signing secret is shown once");
    await visit.goto(`/webhooks/${name}?dialog=delete`);
    await page.getByRole("button", { name: "Delete webhook" }).click();
    await page.getByText(`Webhook ${name} deleted`).waitFor();
  } finally {
    receiver.closeAllConnections();
    receiver.close();
  }
}
