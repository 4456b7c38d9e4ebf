import { expect, test } from "vitest";
import { taskSearch } from "../tasks/taskSearch";
import { parseSearch, stringifySearch } from "./address";

test("filters are plain text in the address", () => {
  expect(stringifySearch({ state: "failed", type: "http.request", q: "123", dialog: undefined, label: "" })).toBe(
    "?state=failed&type=http.request&q=123",
  );
});

test("no filter leaves no question mark", () => {
  expect(stringifySearch({ state: undefined })).toBe("");
});

test("what is written is read again, numbers as text", () => {
  const search = { q: "123", type: "env=a&b ü", label: ["env=a", "team=b"] };

  expect(parseSearch(stringifySearch(search))).toEqual(search);
});

test("what an address must not hold is ignored", () => {
  expect(taskSearch(parseSearch("?state=exploded&type=echo&other=1"))).toEqual({
    state: undefined,
    type: "echo",
    dialog: undefined,
    like: undefined,
  });
});
