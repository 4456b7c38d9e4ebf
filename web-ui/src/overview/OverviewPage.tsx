import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { AgentState } from "../agents/AgentState";
import { AgentsFigure } from "../agents/AgentsFigure";
import { agentsList } from "../agents/agents";
import { useList } from "../api/list";
import { countOf, Figure, FigureRow } from "../look/Figure";
import { Page } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { Last, RowColumns, Rows, When } from "../look/Rows";
import { QueueState } from "../queues/QueueState";
import { atLeast, type Queue, queuesList, sumOf } from "../queues/queues";
import { summaryQuery } from "../summary/summary";
import { TunnelsFigure } from "../tunnels/TunnelsFigure";
import { tunnelsList } from "../tunnels/tunnels";
import { SystemPanel } from "./SystemPanel";

/** Whether all is well, and where to look when it is not. */
export function OverviewPage() {
  const summary = useQuery(summaryQuery);
  const away = useList(agentsList({ state: "offline" }));
  const queues = useList(queuesList);
  const tunnels = useList(tunnelsList);
  const problem = [away, queues, tunnels].map((list) => list.problem).find((one) => one);
  const paused = queues.items?.filter((queue) => queue.paused).length ?? 0;
  return (
    <Page title="Overview" about="How the platform is, and what needs somebody.">
      {problem && <ProblemNotice problem={problem} />}
      <FigureRow>
        <AgentsFigure summary={summary.data} />
        <TunnelsFigure tunnels={tunnels} />
        <Figure to="/console/queues" number={total(queues.items, ({ ready }) => ready)}>
          {paused > 0 ? `tasks queued; ${paused} of ${countOf(queues)} queues paused` : "tasks waiting in queues"}
        </Figure>
        <Figure to="/console/queues" number={total(queues.items, ({ running }) => running)}>
          queued tasks running
        </Figure>
      </FigureRow>
      <SystemPanel />
      <RowColumns>
        <Rows
          title="Agents that are away"
          aside={
            <Link to="/console/agents" search={{ state: "offline" }}>
              All of them
            </Link>
          }
          items={away.items}
          none="None: all that have ever joined are online."
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
          aside={<Link to="/console/queues">All queues</Link>}
          items={queues.items && [...queues.items].sort((one, other) => other.ready - one.ready)}
          none="None yet."
          keyOf={({ name }) => name}
          row={(queue) => (
            <>
              <Link to="/tasks" search={{ queue: queue.name }}>
                {queue.name}
              </Link>
              <QueueState queue={queue} />
              <Last>{atLeast(queue.ready)} wait</Last>
            </>
          )}
        />
      </RowColumns>
    </Page>
  );
}

function total(queues: Queue[] | undefined, count: (queue: Queue) => number): string {
  return queues ? sumOf(queues.map(count)) : "–";
}
