import { expect, test } from "vitest";
import { STARTING_FIELDS, wishesOf } from "./simulatorFields";

test("minutes become seconds, and a load its words", () => {
  expect(wishesOf(STARTING_FIELDS).map(({ load }) => load)).toEqual(["spike:5:80:300:600"]);
  expect(wishesOf({ ...STARTING_FIELDS, load: "steady", rate: 0.5 })[0]?.load).toBe("steady:0.5");
  expect(wishesOf({ ...STARTING_FIELDS, load: "daily", minutes: 60 })[0]?.load).toBe("daily:5:80:3600");
});

test("another policy stands beside the deployed one and differs in its pods only", () => {
  const [deployed, other] = wishesOf({ ...STARTING_FIELDS, otherMaxPods: 4 });

  expect(deployed).not.toHaveProperty("maxPods");
  expect(other).toEqual({ ...deployed, maxPods: 4 });
});
