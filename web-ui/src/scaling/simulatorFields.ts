import type { SimulationWish } from "./scaling";

export const LOADS = ["spike", "steady", "daily"] as const;
export type LoadKind = (typeof LOADS)[number];

/** What a person fills in. */
export interface SimulatorFields {
  component: string;
  load: LoadKind;
  rate: number;
  peak: number;
  /** Minutes since the start. */
  from: number;
  to: number;
  jobSeconds: number;
  startSeconds: number;
  minutes: number;
  /** Beside the deployed policy, another one with so many pods at most. */
  otherMaxPods: number | "";
}

export const STARTING_FIELDS: SimulatorFields = {
  component: "instant-worker",
  load: "spike",
  rate: 5,
  peak: 80,
  from: 5,
  to: 10,
  jobSeconds: 1,
  startSeconds: 20,
  minutes: 30,
  otherMaxPods: "",
};

/** The deployed policy first, then the one beside it, if there is to be one. */
export function wishesOf(fields: SimulatorFields): SimulationWish[] {
  const { component, jobSeconds, startSeconds, minutes, otherMaxPods } = fields;
  const deployed = { component, load: loadText(fields), jobSeconds, startSeconds, minutes };
  return otherMaxPods === "" ? [deployed] : [deployed, { ...deployed, maxPods: otherMaxPods }];
}

function loadText({ load, rate, peak, from, to, minutes }: SimulatorFields): string {
  switch (load) {
    case "steady":
      return `steady:${rate}`;
    case "spike":
      return `spike:${rate}:${peak}:${from * 60}:${to * 60}`;
    case "daily":
      return `daily:${rate}:${peak}:${minutes * 60}`;
  }
}
