/** What Prometheus answers to `query_range`. */
function answer(values) {
  return JSON.stringify({ status: "success", data: { resultType: "matrix", result: [{ metric: {}, values }] } });
}

/** Sees how many pods there are and should be and what was decided, and replays a load that Prometheus recorded. */
export async function scalingDecides(visit) {
  const { page } = visit;
  await visit.goto("/console/scaling");
  const workers = page
    .getByRole("table", { name: "Components" })
    .getByRole("row")
    .filter({ hasText: /^instant-worker/ });
  await workers.getByText(/\d+ live, \d+ desired/).waitFor();
  // Where one worker lives and two are the least, that is what is decided first.
  const decisions = page.getByRole("table", { name: "Decisions" });
  await decisions.getByRole("row").filter({ hasText: "instant-worker" }).first().waitFor();
  await page.getByRole("combobox", { name: "Component" }).first().click();
  await page.getByRole("option", { name: "queued-worker" }).click();
  await page.waitForURL(`${visit.url}/console/scaling?component=queued-worker`);
  await page.getByRole("img", { name: /^Desired pods from .* until now/ }).waitFor();
  // The address changes before what is drawn for it.
  await decisions.getByRole("row").filter({ hasText: "instant-worker" }).first().waitFor({ state: "detached" });

  await page.getByRole("combobox", { name: "Load" }).click();
  await page.getByRole("option", { name: "Recorded" }).click();
  const pasted = page.getByLabel(/What Prometheus answered/);
  const simulate = page.getByRole("button", { name: "Simulate" });
  visit.expectRefusal(400, "/api/v1/scaling:simulate");
  await pasted.fill(answer([[1795414070, "NaN"]]));
  await simulate.click();
  await page
    .getByText(/jobs a second, 0 or more/)
    .first()
    .waitFor();
  await pasted.fill(
    answer([
      [1795414070, "5"],
      [1795414370, "80"],
      [1795414670, "5"],
    ]),
  );
  await page.getByLabel("Beside it, pods at most").fill("4");
  await simulate.click();
  await page.getByRole("row", { name: /^4 at most/ }).waitFor();
  await page.getByRole("img", { name: "Pods over 14 min 56 s" }).waitFor();

  visit.expectRefusal(409, "/api/v1/scaling/recorded-load");
  await page.getByRole("combobox", { name: "Recorded by" }).click();
  await page.getByRole("option", { name: "This platform’s Prometheus" }).click();
  await simulate.click();
  await page
    .getByText(/BASCULE_PROMETHEUS_URL/)
    .first()
    .waitFor();
}
