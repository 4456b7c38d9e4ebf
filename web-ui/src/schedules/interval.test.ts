import { expect, test } from "vitest";
import { intervalInWords, parseInterval, writeInterval } from "./interval";

test.each([
  ["PT15M", "every 15 minutes"],
  ["PT1H", "every hour"],
  ["PT1H30M", "every 90 minutes"],
  ["PT24H", "every day"],
  ["P7D", "every 7 days"],
  ["PT90S", "every 90 seconds"],
  ["P1M", "every P1M"],
  ["PT0S", "every PT0S"],
])("%s is %s", (text, words) => {
  expect(intervalInWords(text)).toBe(words);
});

test.each(["PT15M", "PT2H", "P3D", "PT45S"])("%s is written as it was read", (text) => {
  const interval = parseInterval(text);
  expect(interval && writeInterval(interval)).toBe(text);
});
