/** Creates a schedule, lets it run now, pauses it and deletes it. */
export async function createSchedule(visit) {
  const { page, name } = visit;
  visit.expectRefusal(400, "/api/v1/schedules");
  visit.expectGone("schedules");
  await visit.goto("/schedules?dialog=create");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByText("At times of the day (cron)").click();
  await dialog.getByLabel("Cron expression").fill("61 9 * * *");
  await dialog.getByRole("button", { name: "Create schedule" }).click();
  await dialog.getByText(/out of range|expected/).waitFor();
  await dialog.getByLabel("Cron expression").fill("30 9 * * MON-FRI");
  await dialog.getByRole("button", { name: "Create schedule" }).click();
  await page.getByRole("button", { name: `Run now: ${name}` }).click();
  await page.getByRole("region", { name: "Result" }).waitFor();
  await visit.goto("/schedules");
  await page.getByRole("button", { name: `More about ${name}` }).click();
  await page.getByRole("menuitem", { name: "Pause" }).click();
  await page.getByRole("row").filter({ hasText: name }).getByText("paused").waitFor();
  await visit.goto(`/schedules?dialog=delete&name=${name}`);
  await page.getByRole("button", { name: "Delete schedule" }).click();
  await page.getByText(`Schedule ${name} deleted`).waitFor();
}
