import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, sampleTask } from "../testing/samples";

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

test("a session that ends under an open page leads to the sign-in and keeps the way back", async () => {
  const api = signedOutApi().on("GET /session", { body: ADMIN });
  const { router, queries } = renderUi("/tasks?type=echo");
  await screen.findByRole("link", { name: "echo" });

  api.on("GET /tasks", problem(401, "sign-in-required"));
  await queries.invalidateQueries({ queryKey: ["/tasks"] });

  expect(await screen.findByLabelText("Username")).toBeTruthy();
  await waitFor(() => expect(router.state.location.search).toEqual({ to: "/tasks?type=echo" }));
});
