import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { CopyButton } from "../look/Copyable";
import { counted } from "../look/counted";
import { Panel } from "../look/Page";
import classes from "./TaskLog.module.css";
import { followLog, type LogLine, type LogState, NO_LOG } from "./taskLog";
import { isTerminal, type Task } from "./tasks";

/** The reader is at the end when so few pixels are below. */
const AT_END_PIXELS = 24;
/** From here on only the lines in sight are in the document. */
const VIRTUAL_FROM = 500;
/** Of a line that needs no second one, in pixels. */
const LINE_HEIGHT = 19;

/** What a task says, as it says it. */
export function TaskLog({ task }: { task: Task }) {
  const log = useLog(task.id);
  return (
    <Panel
      title="Log"
      aside={
        <span className={classes.aside}>
          <Phase log={log} waiting={!isTerminal(task.state)} />
          {log.lines.length > 0 && <CopyButton text={() => textOf(log)} what="log" />}
        </span>
      }
    >
      <Lines log={log} none={isTerminal(task.state) ? "It said nothing." : "Nothing yet."} />
    </Panel>
  );
}

function textOf({ lines }: LogState): string {
  return lines.map(({ text }) => text).join("\n");
}

/** The same without a frame; nothing as long as nothing is said. */
export function TaskLogLines({ task }: { task: string }) {
  const log = useLog(task);
  return log.lines.length === 0 ? null : <Lines log={log} none="" />;
}

function useLog(task: string): LogState {
  const [log, setLog] = useState(NO_LOG);
  useEffect(() => {
    setLog(NO_LOG);
    return followLog(task, setLog);
  }, [task]);
  return log;
}

function Phase({ log: { phase }, waiting }: { log: LogState; waiting: boolean }) {
  if (phase === "away") {
    return <span className={classes.soft}>connection lost, trying again</span>;
  }
  return phase === "following" && waiting ? <span className={classes.soft}>live</span> : null;
}

interface LinesProps {
  log: LogState;
  /** Said when there is none. */
  none: string;
}

function Lines({ log: { lines, dropped }, none }: LinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const follow = useFollowing(box);
  if (lines.length === 0) {
    return <p className={classes.none}>{none}</p>;
  }
  const Shown = lines.length < VIRTUAL_FROM ? AllLines : LinesInSight;
  return (
    <div
      ref={box}
      className={classes.lines}
      role="log"
      aria-label="Log lines"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
      tabIndex={0}
      onScroll={follow.onScroll}
    >
      {dropped > 0 && (
        <div className={classes.soft}>{counted(dropped, "earlier line")} not shown: bascule task logs</div>
      )}
      <Shown box={box} lines={lines} dropped={dropped} onGrown={follow.onGrown} />
    </div>
  );
}

/** Stays at the end while lines come, until somebody scrolls up. */
function useFollowing(box: RefObject<HTMLDivElement | null>) {
  const follows = useRef(true);
  return {
    onScroll: () => {
      const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
      follows.current = scrollHeight - scrollTop - clientHeight < AT_END_PIXELS;
    },
    onGrown: () => {
      if (follows.current && box.current) {
        box.current.scrollTop = box.current.scrollHeight;
      }
    },
  };
}

interface ShownProps {
  box: RefObject<HTMLDivElement | null>;
  lines: readonly LogLine[];
  /** How many there were before them. */
  dropped: number;
  /** To be called when there is more to scroll. */
  onGrown: () => void;
}

function AllLines({ lines, onGrown }: ShownProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what it grows by
  useLayoutEffect(onGrown, [lines]);
  return lines.map((line, index) => <Line key={line.id} line={line} begins={begins(lines, index)} />);
}

/** Only what is in sight is in the document, so that a long log costs no more than a short one. */
function LinesInSight({ box, lines, dropped, onGrown }: ShownProps) {
  // A line's place in all that was said stays its own. With another function the virtualizer would measure every line anew, at each picture.
  const keyOf = useCallback((index: number) => dropped + index, [dropped]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: keyOf,
    overscan: 30,
  });
  const height = virtualizer.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what it grows by
  useLayoutEffect(onGrown, [height]);
  return (
    <div className={classes.space} style={{ height }}>
      {virtualizer.getVirtualItems().map(({ key, index, start }) => {
        const line = lines[index];
        return line === undefined ? null : (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className={classes.placed}
            style={{ transform: `translateY(${start}px)` }}
          >
            <Line line={line} begins={begins(lines, index)} />
          </div>
        );
      })}
    </div>
  );
}

function begins(lines: readonly LogLine[], index: number): boolean {
  return lines[index]?.attempt !== (lines[index - 1]?.attempt ?? 1);
}

interface LineProps {
  line: LogLine;
  /** True when it is the first of its attempt. */
  begins: boolean;
}

function Line({ line: { attempt, level, time, text }, begins }: LineProps) {
  return (
    <>
      {begins && <div className={classes.attempt}>Attempt {attempt}</div>}
      <div className={classes.line} data-level={level}>
        <time className={classes.time} dateTime={time}>
          {time.slice(11, 23).replace("Z", "")}
        </time>
        <span className={classes.text}>{text}</span>
      </div>
    </>
  );
}
