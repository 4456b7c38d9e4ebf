import type { List } from "../api/list";
import { countOf, Figure, nounOf } from "../look/Figure";
import type { Agent } from "./agents";

/** How many of the agents are online. */
export function AgentsFigure({ agents }: { agents: List<Agent> }) {
  const all = countOf(agents);
  return (
    <Figure to="/console/agents" number={countOf(agents, ({ state }) => state === "online")}>
      of {all} {nounOf(all, "agent")} online
    </Figure>
  );
}
