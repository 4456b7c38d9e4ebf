import { expect, test } from "vitest";
import { niceTop } from "./Curves";

test.each([
  [0, 1],
  [1, 1],
  [3, 5],
  [16, 20],
  [1648, 2000],
])("a scale up to %d ends at %d", (most, top) => {
  expect(niceTop(most)).toBe(top);
});
