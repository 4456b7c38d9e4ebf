import { createFunction } from "./functions.mjs";

const THREE_HOURS_MILLIS = 3 * 3_600_000;

/** The clock of somebody's machine is hours wrong: times on the pages are those of the platform all the same. */
export async function wrongClock(visit) {
  const { page, name } = visit;
  await page.addInitScript((ahead) => {
    const Right = Date;
    window.Date = class extends Right {
      constructor(...parts) {
        super(...(parts.length > 0 ? parts : [Right.now() + ahead]));
      }

      static now() {
        return Right.now() + ahead;
      }
    };
  }, THREE_HOURS_MILLIS);
  await visit.call("POST", "/tasks", { type: "echo", input: { message: name } });
  await visit.goto("/tasks?type=echo");
  const row = page.getByRole("row").filter({ hasText: name });
  await row.getByText(/^(just now|\d+ sec\. ago|\d min\. ago)$/).waitFor();
  await visit.goto("/console/agents?dialog=enrol");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialog.getByText(/^The token works once, for another (1 h|5\d min)/).waitFor();
  await visit.goto("/console");
  await page.getByText(/is (2 h 59 min|3 h) ahead of the platform’s, which these pages go by/).waitFor();
}

/** A browser that knows no workers writes and runs functions all the same. */
export async function withoutWorkers(visit) {
  await visit.page.addInitScript(() => {
    delete window.Worker;
    delete window.SharedWorker;
    Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined });
  });
  await createFunction(visit);
}
