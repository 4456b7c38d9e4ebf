import { State } from "../look/State";
import type { Schedule } from "./schedules";

export function ScheduleState({ schedule: { paused, lastError } }: { schedule: Schedule }) {
  if (paused) {
    return <State tone="warn">paused</State>;
  }
  return lastError ? (
    <span title={lastError.message}>
      <State tone="bad">failing</State>
    </span>
  ) : (
    <State tone="good">on</State>
  );
}
