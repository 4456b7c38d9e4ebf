import { State, type Tone } from "../look/State";
import classes from "./AgentState.module.css";

const TONES: Record<string, Tone> = { online: "good", offline: "bad", "never-joined": "idle", revoked: "warn" };
const WORDS: Record<string, string> = { "never-joined": "never joined" };

interface AgentStateProps {
  state: string;
  /** The agent's name, where the state stands for the agent. */
  name?: string;
}

export function AgentState({ state, name }: AgentStateProps) {
  const mark = <State tone={TONES[state] ?? "idle"}>{WORDS[state] ?? state}</State>;
  return name === undefined ? (
    mark
  ) : (
    <span className={classes.named}>
      <span className={classes.name} title={name}>
        {name}
      </span>
      {mark}
    </span>
  );
}
