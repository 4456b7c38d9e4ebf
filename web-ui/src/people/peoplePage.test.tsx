import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN } from "../testing/samples";

function apiWithPeople(role = "owner"): FakeApi {
  const ada = { id: "u-1", username: "ada", role, createdAt: "2026-11-01T10:00:00Z" };
  return new FakeApi().on("GET /session", { body: { ...ADMIN, role } }).on("GET /users", { body: { items: [ada] } });
}

test("an owner adds a person with a role", async () => {
  const api = apiWithPeople().on("POST /users", {
    status: 201,
    body: { id: "u-2", username: "grace", role: "operator" },
  });
  renderUi("/console/people?dialog=user");

  await userEvent.type(await screen.findByLabelText(/^Username/), "grace");
  await userEvent.type(screen.getByLabelText(/^First password/), "correct horse");
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Add person" }));

  expect(await screen.findByText("grace may sign in as operator")).toBeTruthy();
  expect(api.to("POST /users")[0]?.body).toEqual({ username: "grace", password: "correct horse", role: "operator" });
});

test("a name that is taken is told at its field", async () => {
  const errors = [{ pointer: "/username", detail: "is taken" }];
  apiWithPeople().on("POST /users", problem(409, "username-taken", { errors }));
  renderUi("/console/people?dialog=user");

  await userEvent.type(await screen.findByLabelText(/^Username/), "ada");
  await userEvent.type(screen.getByLabelText(/^First password/), "correct horse");
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Add person" }));

  expect(await screen.findByText("is taken")).toBeTruthy();
});

test("a viewer finds no way there, and is told why when they follow a link", async () => {
  apiWithPeople("viewer").on("GET /users", problem(403, "forbidden", { title: "Not allowed" }));
  renderUi("/console/people");

  expect(await screen.findByText("Not allowed")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "People" })).toBeNull();
});
