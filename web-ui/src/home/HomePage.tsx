import { Link } from "@tanstack/react-router";
import { AgentState } from "../agents/AgentState";
import { agentsList } from "../agents/agents";
import { useList } from "../api/list";
import { Page, Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { Time } from "../look/Time";
import { resourcesList } from "../resources/resources";
import { useSession } from "../session/useSession";
import { TaskStateMark } from "../tasks/TaskStateMark";
import { tasksList } from "../tasks/tasks";
import { tunnelsList } from "../tunnels/tunnels";
import { Checklist } from "./Checklist";
import { Figures } from "./Figures";
import classes from "./HomePage.module.css";

const SHOWN = 6;

/** The way to a first tunnel and a first task; later, what is going on. */
export function HomePage() {
  const { workspace } = useSession();
  const agents = useList(agentsList);
  const resources = useList(resourcesList({}));
  const tunnels = useList(tunnelsList);
  const tasks = useList(tasksList({}));
  const problem = agents.problem ?? resources.problem ?? tunnels.problem ?? tasks.problem;
  return (
    <Page title="Home" about={`Workspace ${workspace.name}`}>
      {problem && <ProblemNotice problem={problem} />}
      <Checklist agents={agents.items} resources={resources.items} tunnels={tunnels.items} tasks={tasks.items} />
      <Figures agents={agents} resources={resources} tunnels={tunnels} tasks={tasks} />
      <div className={classes.columns}>
        <Panel title="Latest tasks" aside={<Link to="/tasks">All tasks</Link>}>
          <ul className={classes.rows}>
            {tasks.items?.slice(0, SHOWN).map((task) => (
              <li key={task.id}>
                <Link to="/tasks/$taskId" params={{ taskId: task.id }}>
                  {task.type}
                </Link>
                <TaskStateMark state={task.state} />
                <span className={classes.when}>
                  <Time at={task.createdAt} />
                </span>
              </li>
            ))}
            {tasks.items?.length === 0 && <li className={classes.none}>None yet.</li>}
          </ul>
        </Panel>
        <Panel title="Open tunnels" aside={<Link to="/tunnels">All tunnels</Link>}>
          <ul className={classes.rows}>
            {tunnels.items?.slice(0, SHOWN).map((tunnel) => (
              <li key={tunnel.id}>
                <span>
                  {tunnel.resource.name} <span className={classes.soft}>by {tunnel.user.name}</span>
                </span>
                <span className={classes.soft}>{tunnel.bridge ?? "–"}</span>
                <span className={classes.when}>
                  <Time at={tunnel.openedAt} />
                </span>
              </li>
            ))}
            {tunnels.items?.length === 0 && <li className={classes.none}>None right now.</li>}
          </ul>
        </Panel>
        <Panel title="Agents" aside={<Link to="/agents">All agents</Link>}>
          <ul className={classes.rows}>
            {agents.items?.slice(0, SHOWN).map((agent) => (
              <li key={agent.id}>
                <span>{agent.name}</span>
                <AgentState state={agent.state} />
                <span className={classes.when}>
                  <Time at={agent.lastSeenAt} />
                </span>
              </li>
            ))}
            {agents.items?.length === 0 && <li className={classes.none}>None yet.</li>}
          </ul>
        </Panel>
      </div>
    </Page>
  );
}
