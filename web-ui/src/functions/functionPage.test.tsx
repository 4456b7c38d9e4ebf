import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, sampleFunction, sampleSecret, sampleTask } from "../testing/samples";

function apiWith(latest = 1, role = ADMIN.role): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: { ...ADMIN, role } })
    .on("GET /secrets", { body: { items: [sampleSecret(), sampleSecret({ name: "API_KEY" })], next: null } })
    .on("GET /functions/add", { body: sampleFunction(latest) })
    .on("GET /functions/add/aliases", { body: { items: [sampleAlias("live", latest)], next: null } })
    .on("GET /functions/add/versions/1", { body: sampleFunction(1, latest) })
    .on("GET /functions/add/versions/2", { body: sampleFunction(2) });
}

/** As {@link apiWith}, with a version that may reach a resource. */
function apiWithReaching() {
  const reaching = sampleFunction();
  reaching.version.resources = ["orders-db"];
  const api = apiWith()
    .on("GET /resources", { body: { items: [], next: null } })
    .on("GET /functions/add/versions/1", { body: reaching })
    .on("POST /functions/add/versions", { status: 201, body: sampleFunction(2) });
  return { api, reaching };
}

async function raiseTime(seconds: string) {
  const time = await screen.findByLabelText("Time (s)");
  await userEvent.clear(time);
  await userEvent.type(time, seconds);
}

test("the latest version is shown and named in the address", async () => {
  apiWith(2);
  const { router } = renderUi("/functions/add");

  await screen.findByRole("heading", { name: "add" });

  await waitFor(() => expect(router.state.location.href).toBe("/functions/add?version=2"));
  expect(((await screen.findByRole("button", { name: "Save as version 3" })) as HTMLButtonElement).disabled).toBe(true);
});

test("changes become the next version", async () => {
  const api = apiWith();
  api.on("POST /functions/add/versions", () => {
    api.on("GET /functions/add", { body: sampleFunction(2) });
    return { status: 201, body: sampleFunction(2) };
  });
  const { router } = renderUi("/functions/add?version=1");
  await raiseTime("60");

  await userEvent.click(screen.getByRole("button", { name: "Save as version 2" }));

  await waitFor(() => expect(router.state.location.href).toBe("/functions/add?version=2"));
  expect(api.to("POST /functions/add/versions")[0]?.body).toEqual({
    source: sampleFunction().version.source,
    timeoutSeconds: 60,
    memoryMib: 256,
    egress: ["api.example.com"],
    secrets: ["DB_PASSWORD"],
    resources: [],
  });
});

test("a version keeps the resources that it may reach", async () => {
  const { api } = apiWithReaching();
  renderUi("/functions/add?version=1");
  await screen.findByText("orders-db");
  await raiseTime("60");

  await userEvent.click(screen.getByRole("button", { name: "Save as version 2" }));

  await waitFor(() => expect(api.to("POST /functions/add/versions")).toHaveLength(1));
  expect(api.to("POST /functions/add/versions")[0]?.body).toMatchObject({ resources: ["orders-db"] });
});

test("a version of several files shows them and is changed where it was deployed from", async () => {
  const bundled = sampleFunction();
  bundled.version.bundle = {
    main: "index.js",
    bytes: 900,
    files: [
      { path: "index.js", bytes: 46, sha256: "00" },
      { path: "lib/greeting.js", bytes: 2048, sha256: "01" },
    ],
  };
  apiWith().on("GET /functions/add/versions/1", { body: bundled });
  renderUi("/functions/add?version=1");

  const files = within(await screen.findByRole("region", { name: "Files" }));
  expect(files.getByText("lib/greeting.js").nextSibling?.textContent).toBe("2.0 KiB");
  await raiseTime("60");
  const save = screen.getByRole("button", { name: "Save as version 2" }) as HTMLButtonElement;
  expect(save.disabled).toBe(true);
  expect(save.title).toContain("bascule fn deploy");
});

test("a secret is added by its name to those that the next version may read", async () => {
  const api = apiWith().on("POST /functions/add/versions", { status: 201, body: sampleFunction(2) });
  renderUi("/functions/add?version=1");
  await userEvent.click(await screen.findByRole("combobox", { name: "May read the secrets" }));

  await userEvent.click(await screen.findByRole("option", { name: "API_KEY" }));
  await userEvent.click(screen.getByRole("button", { name: "Save as version 2" }));

  await waitFor(() => expect(api.to("POST /functions/add/versions")).toHaveLength(1));
  expect(api.to("POST /functions/add/versions")[0]?.body).toMatchObject({ secrets: ["DB_PASSWORD", "API_KEY"] });
});

test("what is typed while a version is being saved becomes a change of that version", async () => {
  const api = apiWith();
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  api.on("POST /functions/add/versions", async () => {
    await answered;
    api.on("GET /functions/add", { body: sampleFunction(2) });
    return { status: 201, body: sampleFunction(2) };
  });
  renderUi("/functions/add?version=1");
  await raiseTime("60");
  await userEvent.click(screen.getByRole("button", { name: "Save as version 2" }));
  await raiseTime("90");

  answer();

  expect(await screen.findByRole("button", { name: "Save as version 3" })).toBeTruthy();
  expect(((await screen.findByLabelText("Time (s)")) as HTMLInputElement).value).toBe("90");
});

test("what was typed is still there after a reload, until it is discarded", async () => {
  apiWith();
  renderUi("/functions/add?version=1");
  await raiseTime("77");
  cleanup();

  renderUi("/functions/add?version=1");

  expect(((await screen.findByLabelText("Time (s)")) as HTMLInputElement).value).toBe("77");
  await userEvent.click(screen.getByRole("button", { name: "Discard changes" }));
  expect((screen.getByLabelText("Time (s)") as HTMLInputElement).value).toBe("30");
});

test("a draft that an earlier page has kept loses nothing that this one knows", async () => {
  const { api, reaching } = apiWithReaching();
  const { source, memoryMib, egress } = reaching.version;
  const kept = { source, timeoutSeconds: 77, memoryMib, egress };
  sessionStorage.setItem("bascule.function-draft.add.1", JSON.stringify(kept));
  renderUi("/functions/add?version=1");

  await userEvent.click(await screen.findByRole("button", { name: "Save as version 2" }));

  await waitFor(() => expect(api.to("POST /functions/add/versions")).toHaveLength(1));
  expect(api.to("POST /functions/add/versions")[0]?.body).toEqual({
    ...kept,
    secrets: ["DB_PASSWORD"],
    resources: ["orders-db"],
  });
});

test("somebody at an older version sees that there is a newer one", async () => {
  apiWith(2);
  renderUi("/functions/add?version=1");

  expect(await screen.findByRole("link", { name: "Show version 2" })).toBeTruthy();
});

/** Version 1 of three, of which the newest is live. */
function apiToRollBack() {
  return apiWith()
    .on("GET /functions/add", { body: sampleFunction(3) })
    .on("GET /functions/add/versions/1", { body: sampleFunction(1, 3) })
    .on("GET /functions/add/aliases", {
      body: { items: [sampleAlias("live", 3), sampleAlias("staging", 1)], next: null },
    })
    .on("GET /functions/add/aliases/live", { body: sampleAlias("live", 3), headers: { ETag: '"4"' } })
    .on("GET /functions/add/versions/1/changes", {
      body: { since: 3, version: 1, files: [{ path: "index.js", kind: "changed" }], settings: ["timeoutSeconds"] },
    });
}

function sampleAlias(name: string, version: number) {
  return { name, version, updatedAt: "2026-11-01T10:00:00Z", updatedBy: "ada" };
}

test("an earlier version is made live by who has seen what that changes", async () => {
  const api = apiToRollBack();
  api.on("PUT /functions/add/aliases/live", () => {
    api.on("GET /functions/add", { body: sampleFunction(3, 3, 1) });
    return { body: sampleAlias("live", 1), headers: { ETag: '"5"' } };
  });
  renderUi("/functions/add?version=1");
  const aliases = within(await screen.findByRole("region", { name: "Aliases" }));
  expect(aliases.getByText("staging").nextSibling?.textContent).toBe("Version 1");

  await userEvent.click(await screen.findByRole("link", { name: "Roll back to version 1" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(
    await dialog.findByText(/Version 1 differs from version 3 in index.js \(changed\) and timeoutSeconds\./),
  ).toBeTruthy();
  await userEvent.click(dialog.getByRole("button", { name: "Roll back" }));

  expect(await screen.findByText("Version 1 of add is live")).toBeTruthy();
  const [put] = api.to("PUT /functions/add/aliases/live");
  expect(put?.body).toEqual({ version: 1 });
  expect(put?.headers.get("If-Match")).toBe('"4"');
  await waitFor(() => expect(screen.queryByRole("link", { name: "Roll back to version 1" })).toBeNull());
});

test("somebody else's move is told and seen before another try", async () => {
  const api = apiToRollBack();
  api.on("PUT /functions/add/aliases/live", () => {
    api.on("GET /functions/add/aliases/live", { body: sampleAlias("live", 2), headers: { ETag: '"5"' } });
    return problem(412, "revision-outdated", { detail: "read it again" });
  });
  renderUi("/functions/add?version=1&dialog=live");
  const dialog = within(await screen.findByRole("dialog"));
  await dialog.findByText(/Version 3 is live/);

  await userEvent.click(dialog.getByRole("button", { name: "Roll back" }));

  expect(await dialog.findByText(/Version 2 is live/)).toBeTruthy();
  expect(dialog.getByText(/read it again/)).toBeTruthy();
});

test("a version can be saved without going live", async () => {
  const api = apiWith().on("POST /functions/add/versions", { status: 201, body: sampleFunction(2, 2, 1) });
  renderUi("/functions/add?version=1");
  await raiseTime("60");

  await userEvent.click(screen.getByRole("checkbox", { name: "Make it live" }));
  await userEvent.click(screen.getByRole("button", { name: "Save as version 2" }));

  await waitFor(() => expect(api.to("POST /functions/add/versions")).toHaveLength(1));
  expect(api.to("POST /functions/add/versions")[0]?.body).toMatchObject({ live: false });
});

test("a refused version says what to change and keeps what was typed", async () => {
  const errors = [{ pointer: "/timeoutSeconds", detail: "9000 (expected: 1 to 900)" }];
  apiWith().on("POST /functions/add/versions", problem(400, "invalid-input", { errors }));
  renderUi("/functions/add?version=1");
  await raiseTime("800");

  await userEvent.click(screen.getByRole("button", { name: "Save as version 2" }));

  expect((await screen.findAllByText("9000 (expected: 1 to 900)")).length).toBeGreaterThan(0);
  expect((screen.getByLabelText("Time (s)") as HTMLInputElement).value).toBe("800");
});

test("a test run shows the limit that ended it and what to do", async () => {
  const error = { code: "limit-wall-time", message: "The function was stopped at its limit: wall-time 30000" };
  const api = apiWith()
    .on("POST /functions/add:run", { status: 202, body: sampleTask({ state: "waiting" }) })
    .on("GET /tasks/t-1", { body: sampleTask({ state: "failed", error }) });
  renderUi("/functions/add?version=1");
  const input = await screen.findByLabelText("Input");
  await userEvent.clear(input);
  await userEvent.type(input, '{{"a": 2}');

  await userEvent.click(screen.getByRole("button", { name: "Run" }));

  const outcome = await screen.findByRole("region", { name: "Outcome of the test run" });
  expect(await within(outcome).findByText("It ran longer than its time. Do less, or raise the time.")).toBeTruthy();
  expect(api.to("POST /functions/add:run")[0]?.body).toEqual({ input: { a: 2 }, version: 1 });
  expect(api.to("POST /functions/add:run")[0]?.headers.get("Prefer")).toBe("wait=1");
});

test("a viewer reads the code and can neither save nor run", async () => {
  apiWith(1, "viewer");
  renderUi("/functions/add?version=1");

  expect(((await screen.findByRole("button", { name: "Run" })) as HTMLButtonElement).disabled).toBe(true);
});

test("a function goes with all its versions after a confirmation", async () => {
  const api = apiWith()
    .on("GET /functions", { body: { items: [sampleFunction()], next: null } })
    .on("DELETE /functions/add", { status: 204 });
  const { router } = renderUi("/functions?dialog=delete&name=add");

  await userEvent.click(await screen.findByRole("button", { name: "Delete function" }));

  await waitFor(() => expect(router.state.location.href).toBe("/functions"));
  expect(api.to("DELETE /functions/add")).toHaveLength(1);
});
