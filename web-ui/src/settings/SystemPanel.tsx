import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { State } from "../look/State";
import { duration } from "../look/time";
import classes from "./Settings.module.css";
import { type SystemInfo, systemQuery } from "./system";

/** Beyond this, times on the pages look wrong. */
const CLOCK_TOLERANCE_MILLIS = 5_000;

/** What answers, and whether what it needs is there. */
export function SystemPanel() {
  const { data: info, error, refetch } = useQuery(systemQuery);
  return (
    <Panel title="Platform">
      <div className={classes.panel}>
        {error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
        {!info && !error && <Skeleton height={120} />}
        {info && <Facts info={info} />}
      </div>
    </Panel>
  );
}

function Facts({ info: { version, instance, stores, clockAhead } }: { info: SystemInfo & { clockAhead: number } }) {
  return (
    <dl className={classes.facts}>
      <dt>Version</dt>
      <dd>{version}</dd>
      <dt>Answered by</dt>
      <dd>
        <code>{instance}</code>
      </dd>
      {Object.entries(stores).map(([store, state]) => (
        <Store key={store} name={store} state={state} />
      ))}
      <dt>Your clock</dt>
      <dd>
        {Math.abs(clockAhead) < CLOCK_TOLERANCE_MILLIS
          ? "agrees with the platform’s"
          : `is ${duration(Math.abs(clockAhead))} ${clockAhead > 0 ? "ahead of" : "behind"} the platform’s; times on these pages are off by that`}
      </dd>
    </dl>
  );
}

function Store({ name, state }: { name: string; state: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <State tone={state === "up" ? "good" : "bad"}>{state}</State>
      </dd>
    </>
  );
}
