import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FakeApi } from "../testing/fakeApi";
import { renderUi } from "../testing/renderUi";
import { ADMIN } from "../testing/samples";

const TOKEN = { id: "k-1", name: "backup", createdAt: "2026-11-01T10:00:00Z" };
const HERE = {
  id: "s-1",
  client: "Firefox on Linux",
  address: "10.0.0.7",
  signedInAt: "2026-11-01T10:00:00Z",
  lastSeenAt: "2026-11-01T11:00:00Z",
  current: true,
};

function apiWithTokens(): FakeApi {
  return new FakeApi()
    .on("GET /session", { body: ADMIN })
    .on("GET /tokens", { body: { items: [TOKEN] } })
    .on("GET /sessions", { body: { items: [HERE, { ...HERE, id: "s-2", client: "curl", current: false }] } });
}

test("a token is shown once", async () => {
  const api = apiWithTokens().on("POST /tokens", {
    status: 201,
    body: { ...TOKEN, id: "k-2", token: "bsc_very-secret" },
  });
  renderUi("/settings?dialog=token");

  await userEvent.type(await screen.findByLabelText(/^Name/), "nightly");
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Create token" }));
  expect(await screen.findByText("bsc_very-secret")).toBeTruthy();
  await userEvent.keyboard("{Escape}");
  expect(screen.getByText("bsc_very-secret")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "I have stored it" }));

  await waitFor(() => expect(screen.queryByText("bsc_very-secret")).toBeNull());
  expect(api.to("POST /tokens")[0]?.body).toEqual({ name: "nightly", expiresInDays: 90 });
});

test("a tab that there never was is no way elsewhere", async () => {
  apiWithTokens();
  renderUi("/settings?tab=constructor");

  expect(await screen.findByRole("table", { name: "Personal tokens" })).toBeTruthy();
});

test("another session is signed out, and this one has no button for it", async () => {
  const api = apiWithTokens().on("DELETE /sessions/s-2", { status: 204 });
  renderUi("/settings");
  await screen.findByText("This one");

  await userEvent.click(screen.getByRole("button", { name: "Sign out curl" }));

  await waitFor(() => expect(api.to("DELETE /sessions/s-2")).toHaveLength(1));
  expect(screen.queryByRole("button", { name: "Sign out Firefox on Linux" })).toBeNull();
});
