import { call } from "../api/call";
import { listOptions } from "../api/list";
import type { Schemas } from "../api/operations";

/** How a component scales. */
export type Policy = Schemas["ScalingPolicyView"];

/** How fast the number of pods follows in one direction. */
export type Rules = Schemas["ScalingRulesView"];

/** A load to replay; what is left out is as deployed. */
export type SimulationWish = Schemas["ScalingWantedSimulation"];

/** What a simulation showed, with the state at some of its seconds. */
export type Course = Schemas["ScalingCourseView"];

export type Moment = Schemas["ScalingMomentView"];

/** Policies change with a release. */
const POLL_MILLIS = 300_000;

export const policiesList = listOptions("GET /scaling", {}, { pollMillis: POLL_MILLIS });

export function simulate(wish: SimulationWish): Promise<Course> {
  return call("POST /scaling:simulate", { body: wish });
}
