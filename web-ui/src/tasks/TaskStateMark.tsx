import { State, type Tone } from "../look/State";
import { isTerminal, type TaskState } from "./tasks";

const TONES: Record<TaskState, Tone> = {
  waiting: "idle",
  scheduled: "idle",
  running: "busy",
  retrying: "warn",
  succeeded: "good",
  failed: "bad",
  cancelled: "idle",
  expired: "warn",
};

export function TaskStateMark({ state }: { state: TaskState }) {
  return (
    <State tone={TONES[state] ?? "idle"} live={!isTerminal(state)}>
      {state}
    </State>
  );
}
