import { Link } from "@tanstack/react-router";
import type { Column } from "../look/ListTable";
import { Since, Time } from "../look/Time";
import { between, duration } from "../look/time";
import { TaskStateMark } from "./TaskStateMark";
import { briefly, type Task } from "./tasks";

export const taskColumns: Column<Task>[] = [
  {
    title: "Type",
    width: "170px",
    cell: ({ id, type }) => (
      <Link to="/tasks/$taskId" params={{ taskId: id }} title={id}>
        {type}
      </Link>
    ),
    brief: ({ startedAt, finishedAt }) => {
      const took = between(startedAt, finishedAt);
      return took === undefined ? "not finished" : `took ${duration(took)}`;
    },
  },
  { title: "State", width: "130px", cell: ({ state }) => <TaskStateMark state={state} /> },
  { title: "Input or error", from: "desktop", cell: (task) => <Outcome task={task} /> },
  { title: "Queue", width: "120px", from: "wide", cell: ({ lane, queue }) => queue ?? lane },
  { title: "Attempt", width: "80px", from: "wide", align: "end", cell: ({ attempt }) => attempt || "–" },
  { title: "Took", width: "90px", from: "tablet", align: "end", cell: (task) => <Took task={task} /> },
  { title: "By", width: "130px", from: "tablet", cell: ({ submittedBy }) => submittedBy.name },
  { title: "Submitted", width: "120px", cell: ({ createdAt }) => <Time at={createdAt} /> },
];

/** Why it failed, or else what it was asked to do. */
function Outcome({ task: { error, input } }: { task: Task }) {
  const words = error ? `${error.code}: ${error.message}` : briefly(input);
  return <code title={words}>{words}</code>;
}

function Took({ task: { startedAt, finishedAt } }: { task: Task }) {
  const took = between(startedAt, finishedAt);
  if (took !== undefined) {
    return <span>{duration(took)}</span>;
  }
  return startedAt ? <Since at={startedAt} /> : <span>–</span>;
}
