import { expect, test } from "vitest";
import { keysByContent, randomKey } from "./key";

test("keys are version 4 UUIDs and differ", () => {
  const keys = Array.from({ length: 100 }, randomKey);

  expect(new Set(keys).size).toBe(100);
  for (const key of keys) {
    expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  }
});

test("the same content has the same key, other content another", () => {
  const keyFor = keysByContent();
  const first = keyFor({ name: "a" });

  expect(keyFor({ name: "a" })).toBe(first);
  expect(keyFor({ name: "b" })).not.toBe(first);
});
