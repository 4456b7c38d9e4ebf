import { State } from "../look/State";
import type { Queue } from "./queues";

export function QueueState({ queue: { paused, running } }: { queue: Queue }) {
  if (paused) {
    return <State tone="warn">paused</State>;
  }
  return running > 0 ? (
    <State tone="busy" live>
      working
    </State>
  ) : (
    <State tone="good">open</State>
  );
}
