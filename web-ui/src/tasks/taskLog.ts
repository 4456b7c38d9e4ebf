import { segment } from "../api/call";
import type { Schemas } from "../api/operations";
import { EventStream } from "../live/eventStream";

/** One line of what a task says; its id is its attempt and number: `2-17`. */
export type LogLine = Schemas["TaskLogLineView"];

/** What is known of a log. */
export interface LogState {
  /** The last lines; earlier ones are dropped beyond {@link MOST_LINES}. */
  lines: readonly LogLine[];
  /** How many lines are not shown any more. */
  dropped: number;
  phase: "opening" | "following" | "away" | "ended";
}

export const NO_LOG: LogState = { lines: [], dropped: 0, phase: "opening" };

/** Ten times what the platform keeps of a task unless set otherwise: ten attempts of 100,000 lines. The command line shows all of it. */
export const MOST_LINES = 1_000_000;
/** Lines are shown together, so that a chatty task does not keep the page busy. */
const GATHER_MILLIS = 100;

/**
 * Follows the log of a task until it ends or the follower is stopped.
 *
 * @param most how many lines are kept
 * @returns what stops it
 */
export function followLog(task: string, onChange: (log: LogState) => void, most = MOST_LINES): () => void {
  let log = NO_LOG;
  let gathered: LogLine[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (phase: LogState["phase"]) => {
    clearTimeout(timer);
    timer = undefined;
    const all = [...log.lines, ...gathered];
    const over = Math.max(0, all.length - most);
    log = { lines: all.slice(over), dropped: log.dropped + over, phase };
    gathered = [];
    onChange(log);
  };
  const stream = new EventStream(
    {
      onOpen: () => show("following"),
      onAway: () => show("away"),
      onSignedOut: () => show("away"),
      onEvent: ({ type, data }) => {
        if (type === "line") {
          gathered.push(readLine(data));
          timer ??= setTimeout(() => show(log.phase), GATHER_MILLIS);
        } else if (type === "end") {
          stream.stop();
          show("ended");
        }
      },
    },
    `/api/v1/tasks/${segment(task)}/log/events`,
  );
  stream.start();
  return () => {
    clearTimeout(timer);
    stream.stop();
  };
}

function readLine(data: string): LogLine {
  const line = JSON.parse(data) as LogLine;
  return { ...line, text: withoutControls(line.text) };
}

/** The platform sends none; a page is not to depend on it. */
function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
}
