import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Agent } from "../agents/agents";
import type { List } from "../api/list";
import type { Queue } from "../queues/queues";
import type { Resource } from "../resources/resources";
import type { Schedule } from "../schedules/schedules";
import { isTerminal, type Task } from "../tasks/tasks";
import type { Tunnel } from "../tunnels/tunnels";
import classes from "./HomePage.module.css";

interface FiguresProps {
  agents: List<Agent>;
  resources: List<Resource>;
  tunnels: List<Tunnel>;
  tasks: List<Task>;
  queues: List<Queue>;
  schedules: List<Schedule>;
}

/** How much of everything there is; a plus where only the first page was counted. */
export function Figures({ agents, resources, tunnels, tasks, queues, schedules }: FiguresProps) {
  const waiting = queues.items?.reduce((sum, { ready }) => sum + ready, 0);
  const paused = queues.items?.filter((queue) => queue.paused).length ?? 0;
  return (
    <div className={classes.figures}>
      <Figure to="/agents" number={count(agents, ({ state }) => state === "online")}>
        of {count(agents)} agents online
      </Figure>
      <Figure to="/resources" number={count(resources)}>
        resources
      </Figure>
      <Figure to="/tunnels" number={count(tunnels)}>
        tunnels open
      </Figure>
      <Figure to="/tasks" number={String(tasks.items?.filter(({ state }) => !isTerminal(state)).length ?? "–")}>
        of the latest {tasks.items?.length ?? ""} tasks at work
      </Figure>
      <Figure to="/queues" number={waiting?.toLocaleString("en") ?? "–"}>
        {paused > 0 ? `tasks queued; ${paused} of ${count(queues)} queues paused` : "tasks waiting in queues"}
      </Figure>
      <Figure to="/schedules" number={count(schedules, (schedule) => !schedule.paused)}>
        of {count(schedules)} schedules on
      </Figure>
    </div>
  );
}

interface FigureProps {
  to: "/agents" | "/resources" | "/tunnels" | "/tasks" | "/queues" | "/schedules";
  number: string;
  children: ReactNode;
}

function Figure({ to, number, children }: FigureProps) {
  return (
    <Link to={to} className={classes.figure}>
      <span className={classes.number}>{number}</span>
      <span className={classes.what}>{children}</span>
    </Link>
  );
}

function count<T>({ items, hasMore }: List<T>, which: (item: T) => boolean = () => true): string {
  return items ? `${items.filter(which).length}${hasMore ? "+" : ""}` : "–";
}
