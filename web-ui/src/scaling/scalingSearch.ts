import { textOf } from "../look/address";

/** What the address of the Scaling page holds: of which component decisions are shown. */
export interface ScalingSearch {
  component?: string;
}

export function scalingSearch(search: Record<string, unknown>): ScalingSearch {
  return { component: textOf(search.component) };
}
