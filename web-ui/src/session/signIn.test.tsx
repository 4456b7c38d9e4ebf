import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, sampleQueue, sampleTask } from "../testing/samples";

function signedOutApi(): FakeApi {
  return new FakeApi()
    .on("GET /session", problem(401, "sign-in-required"))
    .on("POST /session", { body: ADMIN })
    .on("GET /task-types", { body: { items: [] } })
    .on("GET /tasks", { body: { items: [sampleTask({ state: "failed" })], next: null } });
}

async function signInAs(username: string, password: string) {
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Username"), username);
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("somebody without a session signs in and is back where they were", async () => {
  const api = signedOutApi();
  const { router } = renderUi("/tasks?state=failed");

  await signInAs(" ada ", "correct horse");

  expect(await screen.findByRole("heading", { name: "Tasks" })).toBeTruthy();
  expect(router.state.location.href).toBe("/tasks?state=failed");
  expect(api.to("POST /session")[0]?.body).toEqual({ username: "ada", password: "correct horse" });
});

test("wrong credentials are told and the form stays", async () => {
  signedOutApi().on("POST /session", problem(401, "wrong-credentials", { title: "Wrong username or password" }));
  renderUi("/");

  await signInAs("ada", "wrong");

  expect((await screen.findByRole("alert")).textContent).toContain("Wrong username or password");
  expect(screen.getByLabelText("Username")).toBeTruthy();
});

test("too many attempts say how long to wait", async () => {
  const refusal = problem(429, "too-many-attempts", { title: "Too many attempts" });
  signedOutApi().on("POST /session", { ...refusal, headers: { "Retry-After": "30" } });
  renderUi("/");

  await signInAs("ada", "guess");

  expect((await screen.findByRole("alert")).textContent).toContain("Try again in 30 s.");
});

/** Opens a dialog, types into it, and then the session is gone. */
async function loseSessionAtWork() {
  const api = signedOutApi()
    .on("GET /session", { body: ADMIN })
    .on("GET /queues", { body: { items: [sampleQueue()], next: null } });
  const ui = renderUi("/console/queues?dialog=create");
  await userEvent.type(await screen.findByLabelText(/^Name/), "half-typed");
  api.on("GET /queues", problem(401, "sign-in-required"));
  await ui.queries.invalidateQueries({ queryKey: ["/queues"] });
  return { api, ...ui };
}

test("a session that ends under an open page is begun again without losing what was typed", async () => {
  const { api } = await loseSessionAtWork();

  await userEvent.type(await screen.findByLabelText("Password"), "correct horse");
  api.on("GET /queues", { body: { items: [sampleQueue({ name: "seen-again" })], next: null } });
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));

  await waitFor(() => expect(screen.queryByLabelText("Password")).toBeNull());
  expect(api.to("POST /session")[0]?.body).toEqual({ username: "ada", password: "correct horse" });
  expect((screen.getByLabelText(/^Name/) as HTMLInputElement).value).toBe("half-typed");
  expect(await screen.findByText("seen-again")).toBeTruthy();
});

test("a wrong password for the second sign-in is told, and Escape closes nothing below", async () => {
  const { api, router } = await loseSessionAtWork();
  api.on("POST /session", problem(401, "wrong-credentials", { title: "Wrong username or password" }));

  await userEvent.type(await screen.findByLabelText("Password"), "wrong{Enter}");
  expect(await screen.findByText("Wrong username or password")).toBeTruthy();
  await userEvent.keyboard("{Escape}");

  expect((screen.getByLabelText(/^Name/) as HTMLInputElement).value).toBe("half-typed");
  for (const beside of [screen.getByText(/What you were at stays as it is/), document.body]) {
    await userEvent.click(beside);
    await userEvent.keyboard("{Escape}");
    await router.load();
  }

  expect((screen.getByLabelText(/^Name/) as HTMLInputElement).value).toBe("half-typed");
  expect(router.state.location.href).toBe("/console/queues?dialog=create");
});

test("who has signed in in another tab meanwhile comes back to a page that goes on", async () => {
  const { api } = await loseSessionAtWork();
  await screen.findByLabelText("Password");
  api.on("GET /session", { body: ADMIN });

  document.dispatchEvent(new Event("visibilitychange"));

  await waitFor(() => expect(screen.queryByLabelText("Password")).toBeNull());
  expect((screen.getByLabelText(/^Name/) as HTMLInputElement).value).toBe("half-typed");
});

test("a page is not gone on with as somebody else who has signed in in another tab", async () => {
  const { api } = await loseSessionAtWork();
  await screen.findByLabelText("Password");
  const asked = api.to("GET /session").length;
  api.on("GET /session", { body: { ...ADMIN, user: { id: "u-2", username: "grace" } } });

  document.dispatchEvent(new Event("visibilitychange"));

  await waitFor(() => expect(api.to("GET /session").length).toBe(asked + 1));
  expect(screen.getByLabelText("Password")).toBeTruthy();
});

test("a page does not go on as somebody else who has signed in in another tab", async () => {
  const api = signedOutApi().on("GET /session", { body: ADMIN });
  renderUi("/tasks");
  await screen.findByRole("heading", { name: "Tasks" });
  api.on("GET /session", { body: { ...ADMIN, user: { id: "u-2", username: "grace" } } });

  window.dispatchEvent(new StorageEvent("storage", { key: "bascule.session-changed" }));

  expect(await screen.findByRole("dialog", { name: "Your session has ended" })).toBeTruthy();
});

test("somebody else signs in at the page for it, and is led back", async () => {
  const { router } = await loseSessionAtWork();

  await userEvent.click(await screen.findByRole("button", { name: "I am not ada" }));

  expect(await screen.findByLabelText("Username")).toBeTruthy();
  expect(router.state.location.search).toEqual({ to: "/console/queues?dialog=create" });
});
