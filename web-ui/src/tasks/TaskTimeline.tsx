import { useNow } from "../look/clock";
import { Panel } from "../look/Page";
import { duration } from "../look/time";
import classes from "./TaskPage.module.css";
import { isTerminal, type Task } from "./tasks";

/** How long the task waited and how long it ran, to scale. */
export function TaskTimeline({ task }: { task: Task }) {
  const end = useNow((now) => (task.finishedAt ? Date.parse(task.finishedAt) : now));
  const created = Date.parse(task.createdAt);
  const started = task.startedAt ? Date.parse(task.startedAt) : undefined;
  const waited = Math.max(0, (started ?? end) - created);
  const ran = started === undefined ? undefined : Math.max(0, end - started);
  return (
    <Panel title="Time">
      <div className={classes.timeline}>
        <div className={classes.bar} aria-hidden="true">
          <span className={classes.waited} style={{ flexGrow: Math.max(waited, 1) }} />
          {ran !== undefined && (
            <span className={classes.ran} data-state={task.state} style={{ flexGrow: Math.max(ran, 1) }} />
          )}
        </div>
        <div className={classes.legend}>
          <span>Waited {duration(waited)}</span>
          {ran !== undefined && (
            <span>
              {isTerminal(task.state) ? "Ran" : "Running for"} {duration(ran)}
            </span>
          )}
        </div>
        {task.progress && !isTerminal(task.state) && (
          <p className={classes.progress} role="status">
            {task.progress.percent} % {task.progress.message}
          </p>
        )}
      </div>
    </Panel>
  );
}
