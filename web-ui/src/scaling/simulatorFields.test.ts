import { expect, test } from "vitest";
import { questionFor, STARTING_FIELDS, wishesOf } from "./simulatorFields";

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

test("a recorded load goes as it is and says itself how long it is", () => {
  const [wish] = wishesOf({ ...STARTING_FIELDS, load: "recorded", recorded: "0,1" });

  expect(wish).toMatchObject({ component: "instant-worker", recorded: "0,1" });
  expect(wish).not.toHaveProperty("load");
  expect(wish).not.toHaveProperty("minutes");
  expect(wishesOf({ ...STARTING_FIELDS, load: "recorded", recorded: "0,1" }, "0,2")[0]).toMatchObject({
    recorded: "0,2",
  });
});

test("what asks Prometheus is one shell command", () => {
  expect(questionFor('sum(rate(x{lane="instant"}[60s]))')).toContain(`'query=sum(rate(x{lane="instant"}[60s]))'`);
});
