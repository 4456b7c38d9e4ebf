import { AgentsFigure } from "../agents/AgentsFigure";
import type { List } from "../api/list";
import { Figure, FigureRow, nounOf } from "../look/Figure";
import type { Summary } from "../summary/summary";
import { isTerminal, type Task } from "../tasks/tasks";
import { TunnelsFigure } from "../tunnels/TunnelsFigure";
import type { Tunnel } from "../tunnels/tunnels";

interface FiguresProps {
  summary: Summary | undefined;
  tunnels: List<Tunnel>;
  tasks: List<Task>;
}

/** How much there is of what one uses. */
export function Figures({ summary, tunnels, tasks }: FiguresProps) {
  const resourceCount = String(summary?.resources ?? "–");
  const scheduleCount = summary ? String(summary.schedules.on + summary.schedules.paused) : "–";
  return (
    <FigureRow>
      <Figure to="/resources" number={resourceCount}>
        {nounOf(resourceCount, "resource")}
      </Figure>
      <AgentsFigure summary={summary} />
      <TunnelsFigure tunnels={tunnels} />
      <Figure to="/tasks" number={String(tasks.items?.filter(({ state }) => !isTerminal(state)).length ?? "–")}>
        of the latest {tasks.items?.length ?? ""} tasks at work
      </Figure>
      <Figure to="/schedules" number={String(summary?.schedules.on ?? "–")}>
        of {scheduleCount} {nounOf(scheduleCount, "schedule")} on
      </Figure>
    </FigureRow>
  );
}
