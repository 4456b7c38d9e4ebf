import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useList } from "../api/list";
import { problemOf } from "../api/problem";
import { functionsList } from "../functions/functions";
import { Page } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { RowColumns, Rows, Soft, When } from "../look/Rows";
import { resourcesList } from "../resources/resources";
import { ScheduleState } from "../schedules/ScheduleState";
import { schedulesList } from "../schedules/schedules";
import { useSession } from "../session/useSession";
import { summaryQuery } from "../summary/summary";
import { TaskStateMark } from "../tasks/TaskStateMark";
import { tasksList } from "../tasks/tasks";
import { tunnelsList } from "../tunnels/tunnels";
import { Checklist } from "./Checklist";
import { Figures } from "./Figures";

/** The way to a first tunnel, task and function; later, what is going on. */
export function HomePage() {
  const { workspace } = useSession();
  const summary = useQuery(summaryQuery);
  const resources = useList(resourcesList({}));
  const tunnels = useList(tunnelsList);
  const tasks = useList(tasksList({}));
  const functions = useList(functionsList);
  const schedules = useList(schedulesList);
  const lists = [resources, tunnels, tasks, functions, schedules];
  const problem = summary.error ? problemOf(summary.error) : lists.map((list) => list.problem).find((one) => one);
  const upcoming = schedules.items?.filter(({ nextRunAt }) => nextRunAt).sort(byNextRun);
  return (
    <Page title="Home" about={`Workspace ${workspace.name}`}>
      {problem && <ProblemNotice problem={problem} />}
      <Checklist summary={summary.data} resources={resources.items} tasks={tasks.items} functions={functions.items} />
      <Figures summary={summary.data} tunnels={tunnels} tasks={tasks} />
      <RowColumns>
        <Rows
          title="Latest tasks"
          aside={<Link to="/tasks">All tasks</Link>}
          items={tasks.items}
          none="None yet."
          keyOf={({ id }) => id}
          row={({ id, type, state, createdAt }) => (
            <>
              <Link to="/tasks/$taskId" params={{ taskId: id }}>
                {type}
              </Link>
              <TaskStateMark state={state} />
              <When at={createdAt} />
            </>
          )}
        />
        <Rows
          title="Open tunnels"
          aside={<Link to="/tunnels">All tunnels</Link>}
          items={tunnels.items}
          none="None right now."
          keyOf={({ id }) => id}
          row={({ resource, user, bridge, openedAt }) => (
            <>
              <span>
                {resource.name} <Soft>by {user.name}</Soft>
              </span>
              <Soft>{bridge}</Soft>
              <When at={openedAt} />
            </>
          )}
        />
        <Rows
          title="Next scheduled"
          aside={<Link to="/schedules">All schedules</Link>}
          items={upcoming}
          none="Nothing is scheduled."
          keyOf={({ id }) => id}
          row={(schedule) => (
            <>
              <span>{schedule.name}</span>
              <ScheduleState schedule={schedule} />
              <When at={schedule.nextRunAt} />
            </>
          )}
        />
      </RowColumns>
    </Page>
  );
}

function byNextRun(one: { nextRunAt?: string | null }, other: { nextRunAt?: string | null }): number {
  return Date.parse(one.nextRunAt ?? "") - Date.parse(other.nextRunAt ?? "");
}
