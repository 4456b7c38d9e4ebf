import { Figure, nounOf } from "../look/Figure";
import { agentCount, type Summary } from "../summary/summary";

/** How many of the agents are online. */
export function AgentsFigure({ summary }: { summary: Summary | undefined }) {
  const all = summary ? String(agentCount(summary)) : "–";
  return (
    <Figure to="/console/agents" number={String(summary?.agents.online ?? "–")}>
      of {all} {nounOf(all, "agent")} online
    </Figure>
  );
}
