import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { Fact, Facts } from "../look/Facts";
import { Panel, PanelBody } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { State } from "../look/State";
import { duration } from "../look/time";
import { type SystemInfo, systemQuery } from "./system";

/** Beyond this it is worth to be told. */
const CLOCK_TOLERANCE_MILLIS = 5_000;

/** What answers, and whether what it needs is there. */
export function SystemPanel() {
  const { data: info, error, refetch } = useQuery(systemQuery);
  return (
    <Panel title="Platform">
      {(error || !info) && (
        <PanelBody>
          {error ? (
            <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />
          ) : (
            <Skeleton height={120} />
          )}
        </PanelBody>
      )}
      {info && <SystemFacts info={info} />}
    </Panel>
  );
}

function SystemFacts({
  info: { version, instance, stores, clockAhead },
}: {
  info: SystemInfo & { clockAhead: number };
}) {
  return (
    <Facts>
      <Fact name="Version">{version}</Fact>
      <Fact name="Answered by">
        <code>{instance}</code>
      </Fact>
      {Object.entries(stores).map(([store, state]) => (
        <Fact key={store} name={store}>
          <State tone={state === "up" ? "good" : "bad"}>{state}</State>
        </Fact>
      ))}
      <Fact name="Your clock">
        {Math.abs(clockAhead) < CLOCK_TOLERANCE_MILLIS
          ? "agrees with the platform’s"
          : `is ${duration(Math.abs(clockAhead))} ${clockAhead > 0 ? "ahead of" : "behind"} the platform’s, which these pages go by`}
      </Fact>
    </Facts>
  );
}
