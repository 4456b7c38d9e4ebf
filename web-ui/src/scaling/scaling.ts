import { call } from "../api/call";
import { listOptions } from "../api/list";
import type { Schemas } from "../api/operations";

/** How a component scales, and where that has led. */
export type Policy = Schemas["ScalingPolicyView"];

/** What is compared with what. */
export type Measure = Schemas["ScalingMeasureView"];

/** How fast the number of pods follows in one direction. */
export type Rules = Schemas["ScalingRulesView"];

/** How many pods there are and should be. */
export type Replicas = Schemas["ReplicasView"];

export type SeenSignal = Schemas["ReplicaSeenSignal"];

/** A change of the number of pods that there should be. */
export type Decision = Schemas["ReplicaDecisionView"];

/** A load to replay; what is left out is as deployed. */
export type SimulationWish = Schemas["ScalingWantedSimulation"];

/** What a simulation showed, with the state at some of its seconds. */
export type Course = Schemas["ScalingCourseView"];

export type Moment = Schemas["ScalingMomentView"];

/** The platform decides as often. */
const POLL_MILLIS = 15_000;

export const policiesList = listOptions("GET /scaling", {}, { pollMillis: POLL_MILLIS });

export function decisionsList(component: string | undefined) {
  return listOptions("GET /scaling/decisions", { component }, { pollMillis: POLL_MILLIS });
}

export function simulate(wish: SimulationWish): Promise<Course> {
  return call("POST /scaling:simulate", { body: wish });
}

/** What came to a component in the last minutes, as the platform's Prometheus has recorded it; the text of a load. */
export async function recordedLoad(component: string, minutes: number): Promise<string> {
  const { recorded } = await call("GET /scaling/recorded-load", { query: { component, minutes } });
  return recorded;
}
