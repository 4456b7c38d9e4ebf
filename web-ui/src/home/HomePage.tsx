import { Link } from "@tanstack/react-router";
import { AgentState } from "../agents/AgentState";
import { agentsList } from "../agents/agents";
import { useList } from "../api/list";
import { functionsList } from "../functions/functions";
import { Page } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { Time } from "../look/Time";
import { QueueState } from "../queues/QueueState";
import { queuesList } from "../queues/queues";
import { resourcesList } from "../resources/resources";
import { ScheduleState } from "../schedules/ScheduleState";
import { schedulesList } from "../schedules/schedules";
import { useSession } from "../session/useSession";
import { TaskStateMark } from "../tasks/TaskStateMark";
import { tasksList } from "../tasks/tasks";
import { tunnelsList } from "../tunnels/tunnels";
import { Checklist } from "./Checklist";
import { Figures } from "./Figures";
import classes from "./HomePage.module.css";
import { Rows } from "./Rows";

/** The way to a first tunnel, task and function; later, what is going on. */
export function HomePage() {
  const { workspace } = useSession();
  const agents = useList(agentsList);
  const resources = useList(resourcesList({}));
  const tunnels = useList(tunnelsList);
  const tasks = useList(tasksList({}));
  const functions = useList(functionsList);
  const queues = useList(queuesList);
  const schedules = useList(schedulesList);
  const lists = [agents, resources, tunnels, tasks, functions, queues, schedules];
  const problem = lists.map((list) => list.problem).find((one) => one);
  const upcoming = schedules.items?.filter(({ nextRunAt }) => nextRunAt).sort(byNextRun);
  return (
    <Page title="Home" about={`Workspace ${workspace.name}`}>
      {problem && <ProblemNotice problem={problem} />}
      <Checklist
        agents={agents.items}
        resources={resources.items}
        tunnels={tunnels.items}
        tasks={tasks.items}
        functions={functions.items}
      />
      <Figures
        agents={agents}
        resources={resources}
        tunnels={tunnels}
        tasks={tasks}
        queues={queues}
        schedules={schedules}
      />
      <div className={classes.columns}>
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
                {resource.name} <span className={classes.soft}>by {user.name}</span>
              </span>
              <span className={classes.soft}>{bridge ?? "–"}</span>
              <When at={openedAt} />
            </>
          )}
        />
        <Rows
          title="Agents"
          aside={<Link to="/agents">All agents</Link>}
          items={agents.items}
          none="None yet."
          keyOf={({ id }) => id}
          row={({ name, state, lastSeenAt }) => (
            <>
              <span>{name}</span>
              <AgentState state={state} />
              <When at={lastSeenAt} />
            </>
          )}
        />
        <Rows
          title="Queues"
          aside={<Link to="/queues">All queues</Link>}
          items={queues.items}
          none="None yet."
          keyOf={({ name }) => name}
          row={(queue) => (
            <>
              <Link to="/tasks" search={{ queue: queue.name }}>
                {queue.name}
              </Link>
              <QueueState queue={queue} />
              <span className={classes.when}>{queue.ready.toLocaleString("en")} wait</span>
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
      </div>
    </Page>
  );
}

function When({ at }: { at: string | null | undefined }) {
  return (
    <span className={classes.when}>
      <Time at={at} />
    </span>
  );
}

function byNextRun(one: { nextRunAt?: string | null }, other: { nextRunAt?: string | null }): number {
  return Date.parse(one.nextRunAt ?? "") - Date.parse(other.nextRunAt ?? "");
}
