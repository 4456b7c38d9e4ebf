import { call } from "../api/call";
import { listOptions } from "../api/list";

/** How fast the number of pods follows in one direction. */
export interface Rules {
  windowSeconds: number;
  choose: "larger" | "smaller";
  /** Such as `4 pods each 60 s`. */
  steps: string[];
}

/** How a component scales. */
export interface Policy {
  component: string;
  minPods: number;
  maxPods: number;
  /** Jobs that a pod runs at once. */
  slots: number;
  signals: string[];
  up: Rules;
  down: Rules;
}

/** A load to replay; what is left out is as deployed. */
export interface SimulationWish {
  component: string;
  load: string;
  jobSeconds: number;
  startSeconds: number;
  minutes: number;
  maxPods?: number;
}

/** The state of a simulated component at one second. */
export interface Moment {
  second: number;
  arrivals: number;
  waiting: number;
  running: number;
  pods: number;
  ready: number;
}

export interface Course {
  summary: {
    mostPods: number;
    podHours: number;
    changes: number;
    mostWaiting: number;
    /** Seconds that half of the jobs did not wait longer than. */
    waitP50: number;
    waitP99: number;
  };
  moments: Moment[];
}

const PATH = "/scaling";
/** Policies change with a release. */
const POLL_MILLIS = 300_000;

export const policiesList = listOptions<Policy>(PATH, {}, { pollMillis: POLL_MILLIS });

export function simulate(wish: SimulationWish): Promise<Course> {
  return call<Course>(`${PATH}:simulate`, { method: "POST", body: wish });
}
