import assert from "node:assert/strict";
import { Conversation, freePort, startEcho } from "../echo.mjs";
import { drain } from "../processes.mjs";
import { Shell } from "../shell.mjs";
import { until } from "../visit.mjs";

/** The bridge that carries a tunnel is drained: the page shows the one that carries it on, and nothing was lost. */
export async function bridgeDrained(visit) {
  const { page, name, platform } = visit;
  const shell = await Shell.open();
  const echo = await startEcho();
  try {
    await startAgent(visit, shell);
    const resource = { name, kind: "tcp", agent: name, host: "127.0.0.1", port: echo.address().port };
    await visit.call("POST", "/resources", resource);
    await shell.run(`bascule login ${visit.url} --user ${platform.username} --password-stdin`, platform.password);
    const port = await freePort();
    await shell.start(`bascule tcp ${name} --port ${port}`).says(String(port));
    const conversation = new Conversation(port);
    assert.equal(await conversation.ask("before"), "before");
    await visit.goto("/tunnels");
    const bridge = page
      .getByRole("row")
      .filter({ hasText: name })
      .getByText(/^bridge-\d+$/);
    const before = await bridge.textContent();
    drain(before);
    await bridge.filter({ hasNotText: before }).waitFor();
    assert.equal(await conversation.ask("after"), "after");
    conversation.end();
    await page.getByRole("row").filter({ hasText: name }).waitFor({ state: "detached" });
  } finally {
    await shell.close();
    echo.close();
  }
}

/** Its tunnels can move once it is at two bridges. */
async function startAgent(visit, shell) {
  const { name, url } = visit;
  await visit.call("POST", "/agents", { name });
  const { token } = await visit.call("POST", `/agents/${name}/join-tokens`, {});
  shell.start(`bascule agent run --api ${url} --join-token ${token}`);
  await until(async () => {
    const { instances } = await visit.call("GET", `/agents/${name}`);
    return instances.some(({ bridges }) => bridges.length > 1);
  }, `the agent ${name} at two bridges`);
}
