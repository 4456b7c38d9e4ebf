import { expect, test } from "vitest";
import { SseReader } from "./sse";

const STREAM = ': watching\nretry:1000\n\nevent:io.bascule.task.finished\nid:7\ndata:{"a":\ndata: 1}\n\n: quiet\n\n';

test("events come out whole, however the stream is cut", () => {
  for (let cut = 1; cut < STREAM.length; cut++) {
    const reader = new SseReader();
    const events = [...reader.read(STREAM.slice(0, cut)), ...reader.read(STREAM.slice(cut))];
    expect(events).toEqual([{ type: "io.bascule.task.finished", id: "7", data: '{"a":\n1}' }]);
  }
});

test("lines may end as on any system", () => {
  expect(new SseReader().read("data:a\r\rdata:b\r\n\r\ndata:c\n\n").map(({ data }) => data)).toEqual(["a", "b", "c"]);
});

test("an event without data is none, but its id counts", () => {
  const reader = new SseReader();
  expect(reader.read("event:x\nid:1\n\n")).toEqual([]);
  expect(reader.lastId).toBe("1");
  reader.read("data:a\n\nid:2\n");
  expect(reader.lastId).toBe("1");
});

test("a line that never ends is refused before it fills the memory", () => {
  const reader = new SseReader();
  expect(() => reader.read(`data:${"x".repeat(1_000_001)}`)).toThrow(RangeError);
});
