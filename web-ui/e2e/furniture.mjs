// One of everything, so that no page that is looked at is empty.

/** @returns the addresses of the pages of single things */
export async function furnish(visit) {
  await visit.make("POST", "/agents", { name: "furniture", labels: { site: "berlin" } });
  const source = "const handler = ({ name }) => ({ hello: name });";
  await visit.make("PUT", "/secrets/FURNITURE", { value: "not to be seen" });
  await visit.make("POST", "/functions", { name: "furniture", source, secrets: ["FURNITURE"] });
  await visit.make("POST", "/queues", { name: "furniture", concurrencyLimit: 4 });
  await visit.make("POST", "/schedules", {
    name: "furniture",
    when: { cron: "30 9 * * MON-FRI", zone: "Europe/Berlin" },
    task: { type: "echo", input: { message: "good morning" } },
  });
  await visit.make("POST", "/webhooks", {
    name: "furniture",
    url: "https://example.org/hooks",
    eventTypes: ["io.bascule.agent.created"],
  });
  await visit.make("POST", "/resources", {
    name: "furniture",
    kind: "postgres",
    agent: "furniture",
    host: "10.0.4.12",
    port: 5432,
    labels: { env: "production" },
  });
  const failing = { type: "http.request", input: { url: "http://not-a-host.invalid/" } };
  await visit.call("POST", "/tasks", failing);
  const { id } = await visit.call("POST", "/functions/furniture:run", { input: { name: "you" } });
  return [`/tasks/${id}`, "/functions/furniture", "/webhooks/furniture"];
}
