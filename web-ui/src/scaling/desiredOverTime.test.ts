import { expect, test } from "vitest";
import { desiredOverTime } from "./desiredOverTime";

const NOW = Date.parse("2026-11-23T06:00:00Z");

function decision(minutesAgo: number, from: number, to: number) {
  return { at: new Date(NOW - minutesAgo * 60_000).toISOString(), from, to };
}

test("each decision holds until the next one", () => {
  const { values, millis } = desiredOverTime([decision(50, 6, 4), decision(100, 2, 6)], NOW);

  expect(millis).toBe(105 * 60_000);
  expect(values).toHaveLength(240);
  expect(values.at(0)).toBe(2);
  expect(values.at(80)).toBe(6);
  expect(values.at(-1)).toBe(4);
  expect(values.filter((value) => value === 4).length).toBeGreaterThan(100);
});

test("a decision of this moment, or of a clock that is ahead, is drawn too", () => {
  expect(desiredOverTime([decision(0, 2, 4)], NOW)).toMatchObject({ millis: 60_000 });
  expect(desiredOverTime([decision(0, 2, 4)], NOW).values.at(-1)).toBe(4);
  expect(desiredOverTime([decision(-5, 2, 4)], NOW).values.at(-1)).toBe(2);
});
