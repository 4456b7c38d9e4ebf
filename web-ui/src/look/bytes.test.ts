import { expect, test } from "vitest";
import { bytes } from "./bytes";

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.0 KiB"],
  [18_234_123, "17.4 MiB"],
  [500 * 1024 ** 3, "500 GiB"],
])("%i is read as %s", (amount, words) => {
  expect(bytes(amount)).toBe(words);
});
