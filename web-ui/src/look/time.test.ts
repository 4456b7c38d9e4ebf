import { expect, test } from "vitest";
import { duration, relativeTime } from "./time";

const NOW = Date.parse("2026-11-01T10:00:00Z");

test.each([
  [0, "just now"],
  [-12_000, "12 sec. ago"],
  [-3 * 60_000, "3 min. ago"],
  [5 * 3_600_000, "in 5 hr."],
  [-49 * 3_600_000, "2 days ago"],
])("%i ms from now is %s", (distance, words) => {
  expect(relativeTime(new Date(NOW + distance), NOW)).toBe(words);
});

test.each([
  [3, "3 ms"],
  [2_440, "2.4 s"],
  [42_000, "42 s"],
  [185_000, "3 min 5 s"],
  [120_000, "2 min"],
  [7_500_000, "2 h 5 min"],
])("%i ms last %s", (millis, words) => {
  expect(duration(millis)).toBe(words);
});
