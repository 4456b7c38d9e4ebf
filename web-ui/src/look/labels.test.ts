import { expect, test } from "vitest";
import { toLabels, toPairs, wrongPair } from "./Labels";

test("a label's value may hold an equals sign", () => {
  expect(toLabels(["env=production", "filter=a=b"])).toEqual({ env: "production", filter: "a=b" });
});

test("pairs and labels are the same", () => {
  const pairs = ["env=production", "team=orders"];

  expect(toPairs(toLabels(pairs))).toEqual(pairs);
});

test("a pair without a value is named", () => {
  expect(wrongPair(["env=production", "team"])).toContain("“team”");
  expect(wrongPair(["env=production"])).toBeUndefined();
});
