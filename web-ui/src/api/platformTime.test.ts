import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeApi } from "../testing/fakeApi";
import { call } from "./call";
import { forgetDates, noteDate, platformNow } from "./platformTime";

const HERE = Date.parse("2026-11-01T10:00:00Z");
const HOUR = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: HERE });
});

afterEach(() => {
  vi.useRealTimers();
  forgetDates();
});

const dateAfter = (millis: number) => new Date(HERE + millis).toUTCString();

test("a machine whose clock is right goes by it", () => {
  noteDate(dateAfter(0), HERE - 50);

  expect(platformNow()).toBe(HERE);
});

test("a machine that is three hours behind goes by the platform's clock", () => {
  noteDate(dateAfter(3 * HOUR), HERE);

  expect(platformNow()).toBeGreaterThanOrEqual(HERE + 3 * HOUR);
  expect(platformNow()).toBeLessThanOrEqual(HERE + 3 * HOUR + 1_000);
});

test("a slow answer proves nothing against a clock that may be right", () => {
  noteDate(dateAfter(-30_000), HERE - 60_000);

  expect(platformNow()).toBe(HERE);
});

test("a clock that is put right is believed again", () => {
  noteDate(dateAfter(-5 * HOUR), HERE);
  vi.setSystemTime(HERE - 5 * HOUR);

  noteDate(dateAfter(-5 * HOUR), HERE - 5 * HOUR);

  expect(Math.abs(platformNow() - (HERE - 5 * HOUR))).toBeLessThanOrEqual(1_000);
});

test("answers without a date, or with a wrong one, change nothing", () => {
  noteDate(null, HERE);
  noteDate("yesterday", HERE);

  expect(platformNow()).toBe(HERE);
});

test("every answer of the API is learned from", async () => {
  new FakeApi().on("GET /tasks", { body: {}, headers: { Date: dateAfter(HOUR) } });

  await call("GET /tasks");

  expect(platformNow()).toBeGreaterThanOrEqual(HERE + HOUR);
});
