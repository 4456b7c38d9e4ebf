import type { SimulationWish } from "./scaling";

export const LOADS = ["spike", "steady", "daily", "recorded"] as const;
export type LoadKind = (typeof LOADS)[number];

/** Where a recorded load comes from. */
export const SOURCES = ["handed over", "Prometheus"] as const;
export type Source = (typeof SOURCES)[number];

/** What a person fills in. */
export interface SimulatorFields {
  component: string;
  load: LoadKind;
  rate: number;
  peak: number;
  /** Minutes since the start. */
  from: number;
  to: number;
  source: Source;
  /** What was handed over: Prometheus' answer to `query_range`, or lines. */
  recorded: string;
  /** How much of what the platform's Prometheus recorded is replayed, until now. */
  lastMinutes: number;
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
  source: "handed over",
  recorded: "",
  lastMinutes: 360,
  jobSeconds: 1,
  startSeconds: 20,
  minutes: 30,
  otherMaxPods: "",
};

/**
 * The deployed policy first, then the one beside it, if there is to be one.
 *
 * @param recorded the text of a recorded load, where that is the load
 */
export function wishesOf(fields: SimulatorFields, recorded = fields.recorded): SimulationWish[] {
  const { component, jobSeconds, startSeconds, minutes, otherMaxPods } = fields;
  const load = fields.load === "recorded" ? { recorded } : { load: loadText(fields), minutes };
  const deployed = { component, ...load, jobSeconds, startSeconds };
  return otherMaxPods === "" ? [deployed] : [deployed, { ...deployed, maxPods: otherMaxPods }];
}

function loadText({ load, rate, peak, from, to, minutes }: SimulatorFields): string {
  switch (load) {
    case "steady":
      return `steady:${rate}`;
    case "spike":
      return `spike:${rate}:${peak}:${from * 60}:${to * 60}`;
    default:
      return `daily:${rate}:${peak}:${minutes * 60}`;
  }
}

/** What asks a Prometheus for what came to a component in the last six hours. */
export function questionFor(query: string): string {
  return `curl -sG http://PROMETHEUS:9090/api/v1/query_range --data-urlencode 'query=${query}' \\
  -d "start=$(($(date +%s) - 21600))" -d "end=$(date +%s)" -d step=60 > load.json`;
}
