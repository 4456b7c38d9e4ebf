import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Panel } from "../look/Page";
import classes from "./TaskPage.module.css";
import { explanationQuery, type Task, type TaskState } from "./tasks";

const NOT_STARTED: readonly TaskState[] = ["waiting", "scheduled", "retrying"];

/** Why the task does not run, and where that can be changed; nothing once it runs. */
export function TaskWaits({ task }: { task: Task }) {
  return NOT_STARTED.includes(task.state) ? <Reason task={task} /> : null;
}

function Reason({ task: { id, queue } }: { task: Task }) {
  const { data } = useQuery(explanationQuery(id));
  if (!data || data.reason === "running" || data.reason === "ended") {
    return null;
  }
  return (
    <Panel title="Why it waits">
      <p className={classes.reason} role="status">
        {data.detail} {remedyFor(data.reason, queue)}
      </p>
    </Panel>
  );
}

function remedyFor(reason: string, queue: string | null | undefined): ReactNode {
  switch (reason) {
    case "queue-paused":
      return <Link to="/console/queues">Resume it</Link>;
    case "queue-limit":
    case "key-limit":
      return (
        <Link to="/console/queues" search={{ dialog: "limit", name: queue ?? undefined }}>
          Change the queue’s limits
        </Link>
      );
    case "workspace-quota":
      return <Link to="/console/settings">See the quota</Link>;
    default:
      return null;
  }
}
