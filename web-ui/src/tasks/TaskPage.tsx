import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { segment } from "../api/call";
import { problemOf } from "../api/problem";
import { TaskCallback } from "../callbacks/TaskCallback";
import { bytes } from "../look/bytes";
import { CopyButton } from "../look/Copyable";
import { JsonView } from "../look/JsonView";
import { Page, Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { TaskActions } from "./TaskActions";
import { TaskFacts } from "./TaskFacts";
import { TaskLog } from "./TaskLog";
import classes from "./TaskPage.module.css";
import { TaskStateMark } from "./TaskStateMark";
import { TaskTimeline } from "./TaskTimeline";
import { TaskWaits } from "./TaskWaits";
import { isTerminal, type Task, taskQuery } from "./tasks";

const route = getRouteApi("/signed-in/tasks/$taskId");

export function TaskPage() {
  const { taskId } = route.useParams();
  const { data: task, error, refetch } = useQuery(taskQuery(taskId));
  return (
    <Page
      title={task?.type ?? "Task"}
      mark={task && <TaskStateMark state={task.state} />}
      trail={
        <Link to="/tasks" className={classes.trail}>
          ← Tasks
        </Link>
      }
      actions={task && <TaskActions task={task} />}
    >
      {error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!task && !error && <Skeleton height={240} radius="md" />}
      {task && <TaskView task={task} />}
    </Page>
  );
}

export function TaskView({ task }: { task: Task }) {
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <TaskTimeline task={task} />
        <TaskWaits task={task} />
        <Outcome task={task} />
        <TaskCallback task={task} />
        <TaskLog key={`${task.id}-${task.attempt}`} task={task} />
        <Panel title="Input" aside={<CopyButton text={JSON.stringify(task.input, null, 2) ?? ""} what="input" />}>
          <JsonView value={task.input} />
        </Panel>
      </div>
      <TaskFacts task={task} />
    </div>
  );
}

function Outcome({ task }: { task: Task }) {
  if (task.error) {
    return (
      <Panel title={isTerminal(task.state) ? "Error" : "Last error"}>
        <div className={classes.error}>
          <code>{task.error.code}</code>
          <p>{task.error.message}</p>
        </div>
      </Panel>
    );
  }
  if (task.largeResult) {
    return (
      <Panel title="Result">
        <p className={classes.none}>
          {bytes(task.largeResult.bytes)}, too large to show here:{" "}
          <a href={`/api/v1/tasks/${segment(task.id)}/result`} download={`${task.id}.json`}>
            download
          </a>
        </p>
      </Panel>
    );
  }
  if (task.state === "succeeded") {
    return (
      <Panel title="Result" aside={<CopyButton text={JSON.stringify(task.result, null, 2) ?? ""} what="result" />}>
        <JsonView value={task.result ?? null} />
      </Panel>
    );
  }
  return (
    <Panel title="Result">
      <p className={classes.none}>{isTerminal(task.state) ? "It ended without one." : "Not there yet."}</p>
    </Panel>
  );
}
