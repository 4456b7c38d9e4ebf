import { Link } from "@tanstack/react-router";
import type { Agent } from "../agents/agents";
import type { List } from "../api/list";
import type { Resource } from "../resources/resources";
import { isTerminal, type Task } from "../tasks/tasks";
import type { Tunnel } from "../tunnels/tunnels";
import classes from "./HomePage.module.css";

interface FiguresProps {
  agents: List<Agent>;
  resources: List<Resource>;
  tunnels: List<Tunnel>;
  tasks: List<Task>;
}

/** How much of everything there is; a plus where only the first page was counted. */
export function Figures({ agents, resources, tunnels, tasks }: FiguresProps) {
  const online = count(agents, ({ state }) => state === "online");
  return (
    <div className={classes.figures}>
      <Link to="/agents" className={classes.figure}>
        <span className={classes.number}>{online}</span>
        <span className={classes.what}>agents online of {count(agents)}</span>
      </Link>
      <Link to="/resources" className={classes.figure}>
        <span className={classes.number}>{count(resources)}</span>
        <span className={classes.what}>resources</span>
      </Link>
      <Link to="/tunnels" className={classes.figure}>
        <span className={classes.number}>{count(tunnels)}</span>
        <span className={classes.what}>tunnels open</span>
      </Link>
      <Link to="/tasks" className={classes.figure}>
        <span className={classes.number}>{tasks.items?.filter(({ state }) => !isTerminal(state)).length ?? "–"}</span>
        <span className={classes.what}>of the latest {tasks.items?.length ?? ""} tasks at work</span>
      </Link>
    </div>
  );
}

function count<T>({ items, hasMore }: List<T>, which: (item: T) => boolean = () => true): string {
  return items ? `${items.filter(which).length}${hasMore ? "+" : ""}` : "–";
}
