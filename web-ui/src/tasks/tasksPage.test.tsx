import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN, ECHO, HTTP_REQUEST, sampleTask } from "../testing/samples";

function apiWith(tasks: ReturnType<typeof sampleTask>[]): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: ADMIN })
    .on("GET /task-types", { body: { items: [ECHO, HTTP_REQUEST] } })
    .on("GET /tasks", { body: { items: tasks, next: null } });
}

test("the table names type, state, time taken and who submitted", async () => {
  apiWith([sampleTask()]);
  renderUi("/tasks");

  const row = (await screen.findByRole("link", { name: "echo" })).closest("tr");

  expect(
    within(row as HTMLElement)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual([
    "echotook 2.5 s",
    "succeeded",
    '{"message":"hello"}',
    "instant",
    "1",
    "2.5 s",
    "ada",
    expect.stringMatching(/ago|in /),
  ]);
});

test("a failed task shows its error instead of its input", async () => {
  apiWith([sampleTask({ state: "failed", error: { code: "timed-out", message: "No answer." } })]);
  renderUi("/tasks");

  expect(await screen.findByText("timed-out: No answer.")).toBeTruthy();
});

test("the filters of the address are asked of the server", async () => {
  const api = apiWith([sampleTask()]);
  renderUi("/tasks?state=failed&type=echo");

  await screen.findByRole("link", { name: "echo" });

  expect(api.to("GET /tasks")[0]?.path).toBe("/tasks?state=failed&type=echo&brief=true&limit=50");
});

test("a chosen filter goes into the address", async () => {
  const api = apiWith([sampleTask()]);
  const { router } = renderUi("/tasks");
  const user = userEvent.setup();

  await user.click(await screen.findByRole("combobox", { name: "State" }));
  await user.click(await screen.findByRole("option", { name: "running" }));

  await waitFor(() => expect(router.state.location.href).toBe("/tasks?state=running"));
  await waitFor(() => expect(api.to("GET /tasks").at(-1)?.path).toContain("state=running"));
});

test("an empty list teaches how to fill it", async () => {
  apiWith([]);
  renderUi("/tasks");

  expect(await screen.findByText("No tasks yet")).toBeTruthy();
  expect(screen.getByText(/^bascule task submit echo/)).toBeTruthy();
});

test("more tasks are loaded by the cursor", async () => {
  const api = apiWith([]);
  api.on("GET /tasks", ({ path }) =>
    path.includes("cursor=second")
      ? { body: { items: [sampleTask({ id: "t-2", type: "http.request" })], next: null } }
      : { body: { items: [sampleTask()], next: "second" } },
  );
  renderUi("/tasks");

  await userEvent.click(await screen.findByRole("button", { name: "Load more" }));

  expect(await screen.findByRole("link", { name: "http.request" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "echo" })).toBeTruthy();
});

test("an input of which the list has only the beginning says that there is more", async () => {
  apiWith([sampleTask({ input: `{"message": "${"x".repeat(187)}` })]);
  renderUi("/tasks");

  expect(await screen.findByText(/^\{"message": "x+…$/)).toBeTruthy();
});
