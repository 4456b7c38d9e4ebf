import { expect, test } from "vitest";
import { destination } from "./destination";

test("leads back to the page and its filters", () => {
  expect(destination("/tasks?state=failed")).toBe("/tasks?state=failed");
});

test.each([undefined, "", "https://evil.example", "//evil.example", "/\\evil.example", "tasks", "/sign-in?to=/x"])(
  "leads home instead of to %s",
  (wanted) => {
    expect(destination(wanted)).toBe("/");
  },
);
