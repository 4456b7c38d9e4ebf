import classes from "./State.module.css";

/** What a state means to whoever reads it; the colour follows from it. */
export type Tone = "good" | "busy" | "warn" | "bad" | "idle";

interface StateProps {
  tone: Tone;
  children: string;
  /** True while something is going on right now. */
  live?: boolean;
}

/** A state as a word with a coloured dot; never colour alone. */
export function State({ tone, live = false, children }: StateProps) {
  return (
    <span className={classes.state} data-tone={tone} data-live={live || undefined}>
      <span className={classes.dot} aria-hidden="true" />
      {children}
    </span>
  );
}
