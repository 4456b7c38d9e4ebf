import { expect, test } from "vitest";
import { HTTP_REQUEST } from "../testing/samples";
import { alternativesOf, exampleOf, fieldsOf } from "./schema";

test("required fields come first, with type and bounds in words", () => {
  const fields = fieldsOf({
    properties: { wait: { type: "integer", minimum: 0, maximum: 9, default: 1 }, url: { type: "string" } },
    required: ["url"],
  });

  expect(fields).toEqual([
    { name: "url", required: true, kind: "string", description: undefined },
    { name: "wait", required: false, kind: "integer, 0 to 9, default 1", description: undefined },
  ]);
});

test("an example holds what is required", () => {
  expect(exampleOf(HTTP_REQUEST.inputSchema)).toEqual({ url: "" });
});

test("an example of a type without a schema is empty", () => {
  expect(exampleOf(undefined)).toEqual({});
});

test("alternatives are told in words", () => {
  expect(alternativesOf({ oneOf: [{ required: ["url"] }, { required: ["resource", "path"] }] })).toBe(
    "url, or resource and path",
  );
  expect(alternativesOf({ required: ["url"] })).toBeUndefined();
});
