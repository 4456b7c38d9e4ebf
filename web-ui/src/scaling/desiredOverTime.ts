import type { Decision } from "./scaling";

const POINTS = 240;
/** Before the oldest decision, as much of the time as shows where it began. */
const LEAD = 0.05;

/**
 * The desired number of one component at evenly spaced times until now, with the length of that time.
 *
 * @param decisions at least one, newest first
 */
export function desiredOverTime(decisions: Pick<Decision, "at" | "from" | "to">[], now: number) {
  const oldestFirst = decisions.map(({ at, from, to }) => ({ at: Date.parse(at), from, to })).reverse();
  const first = oldestFirst[0];
  const begin = first ? Math.min(first.at, now) : now;
  const millis = Math.max(60_000, (now - begin) * (1 + LEAD));
  const values: number[] = [];
  let passed = 0;
  let desired = first?.from ?? 0;
  for (let i = 0; i < POINTS; i++) {
    const time = now - millis + (millis * i) / (POINTS - 1);
    for (let next = oldestFirst[passed]; next && next.at <= time; next = oldestFirst[passed]) {
      desired = next.to;
      passed++;
    }
    values.push(desired);
  }
  return { values, millis };
}
