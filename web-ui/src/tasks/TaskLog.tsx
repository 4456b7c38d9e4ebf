import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { CopyButton } from "../look/Copyable";
import { counted } from "../look/counted";
import { Panel } from "../look/Page";
import classes from "./TaskLog.module.css";
import { followLog, type LogLine, type LogState, NO_LOG } from "./taskLog";
import { isTerminal, type Task } from "./tasks";

/** The reader is at the end when so few pixels are below. */
const AT_END_PIXELS = 24;

/** What a task says, as it says it. */
export function TaskLog({ task }: { task: Task }) {
  const log = useLog(task.id);
  const text = log.lines.map((line) => line.text).join("\n");
  return (
    <Panel
      title="Log"
      aside={
        <span className={classes.aside}>
          <Phase log={log} waiting={!isTerminal(task.state)} />
          {log.lines.length > 0 && <CopyButton text={text} what="log" />}
        </span>
      }
    >
      <Lines log={log} none={isTerminal(task.state) ? "It said nothing." : "Nothing yet."} />
    </Panel>
  );
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

function Lines({ log: { lines, dropped }, none }: { log: LogState; none: string }) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what it moves for
  useLayoutEffect(() => {
    if (follows.current && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [lines]);
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    follows.current = scrollHeight - scrollTop - clientHeight < AT_END_PIXELS;
  };
  if (lines.length === 0) {
    return <p className={classes.none}>{none}</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
    <div ref={box} className={classes.lines} role="log" aria-label="Log lines" tabIndex={0} onScroll={onScroll}>
      {dropped > 0 && (
        <div className={classes.soft}>{counted(dropped, "earlier line")} not shown: bascule task logs</div>
      )}
      {lines.map((line, index) => (
        <Line key={line.id} line={line} begins={line.attempt !== (lines[index - 1]?.attempt ?? 1)} />
      ))}
    </div>
  );
}

function Line({ line: { attempt, level, time, text }, begins }: { line: LogLine; begins: boolean }) {
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
