import { AgentsFigure } from "../agents/AgentsFigure";
import type { Agent } from "../agents/agents";
import type { List } from "../api/list";
import { countOf, Figure, FigureRow, nounOf } from "../look/Figure";
import type { Resource } from "../resources/resources";
import type { Schedule } from "../schedules/schedules";
import { isTerminal, type Task } from "../tasks/tasks";
import { TunnelsFigure } from "../tunnels/TunnelsFigure";
import type { Tunnel } from "../tunnels/tunnels";

interface FiguresProps {
  agents: List<Agent>;
  resources: List<Resource>;
  tunnels: List<Tunnel>;
  tasks: List<Task>;
  schedules: List<Schedule>;
}

/** How much there is of what one uses. */
export function Figures({ agents, resources, tunnels, tasks, schedules }: FiguresProps) {
  const resourceCount = countOf(resources);
  const scheduleCount = countOf(schedules);
  return (
    <FigureRow>
      <Figure to="/resources" number={resourceCount}>
        {nounOf(resourceCount, "resource")}
      </Figure>
      <AgentsFigure agents={agents} />
      <TunnelsFigure tunnels={tunnels} />
      <Figure to="/tasks" number={String(tasks.items?.filter(({ state }) => !isTerminal(state)).length ?? "–")}>
        of the latest {tasks.items?.length ?? ""} tasks at work
      </Figure>
      <Figure to="/schedules" number={countOf(schedules, (schedule) => !schedule.paused)}>
        of {scheduleCount} {nounOf(scheduleCount, "schedule")} on
      </Figure>
    </FigureRow>
  );
}
