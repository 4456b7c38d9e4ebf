import { Select } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { type List, useList } from "../api/list";
import { Command } from "../look/Copyable";
import { Curves } from "../look/Curves";
import { useNow } from "../look/clock";
import { EmptyState } from "../look/EmptyState";
import { type Column, ListTable } from "../look/ListTable";
import { FilterBar, Panel, PanelBody } from "../look/Page";
import { Time } from "../look/Time";
import { duration } from "../look/time";
import classes from "./Decisions.module.css";
import { desiredOverTime } from "./desiredOverTime";
import { type Decision, decisionsList } from "./scaling";

const route = getRouteApi("/signed-in/console/scaling");
/** Often enough for a curve of hours. */
const TICK_MILLIS = 15_000;
/** Makes more work at once than two workers are for. */
const SOME_WORK = `for i in $(seq 40); do bascule task submit http.request --input '{"url":"https://example.org"}'; done`;

/** What the platform's own autoscalers decided, of one component or of all. */
export function Decisions({ components }: { components: string[] }) {
  const { component } = route.useSearch();
  const navigate = route.useNavigate();
  const list = only(component, useList(decisionsList(component)));
  return (
    <section className={classes.decisions} aria-labelledby="decisions">
      <h2 id="decisions" className={classes.heading}>
        Decisions
      </h2>
      <FilterBar>
        <Select
          size="xs"
          w={220}
          aria-label="Component"
          placeholder="Any component"
          clearable
          data={component && !components.includes(component) ? [...components, component] : components}
          value={component ?? null}
          onChange={(chosen) => navigate({ search: { component: chosen ?? undefined }, replace: true })}
        />
      </FilterBar>
      {component && list.items && list.items.length > 0 && <Timeline decisions={list.items} />}
      <ListTable
        label="Decisions"
        list={list}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState
            icon="scaling"
            title={component ? `Nothing decided about ${component}` : "Nothing decided yet"}
            remedy={<Command purpose="To see instant workers asked for, make some work">{SOME_WORK}</Command>}
          >
            Each time the number of pods that a component should have changes, it is told here, with the signal that
            asked for it and what held it. Decided is every 15 seconds.
          </EmptyState>
        }
      />
    </section>
  );
}

/** Until a component's decisions are there, what is held are those of the ones shown before: no curve may be drawn of them. */
function only(component: string | undefined, list: List<Decision>): List<Decision> {
  const items = list.items?.filter((decision) => !component || decision.component === component);
  return { ...list, items: list.isPrevious && items?.length === 0 ? undefined : items };
}

function Timeline({ decisions }: { decisions: Decision[] }) {
  const now = useNow((time) => Math.floor(time / TICK_MILLIS) * TICK_MILLIS);
  const { values, millis } = desiredOverTime(decisions, now);
  return (
    <Panel title="Desired pods over time">
      <PanelBody>
        <Curves
          title="Desired pods"
          begin={`${duration(millis)} ago`}
          end="now"
          curves={[{ name: decisions[0]?.component ?? "", tone: "accent", values }]}
        />
      </PanelBody>
    </Panel>
  );
}

const COLUMNS: Column<Decision>[] = [
  {
    title: "Component",
    width: "190px",
    cell: ({ component }) => component,
    brief: (decision) => (
      <>
        {why(decision)} · <Time at={decision.at} />
      </>
    ),
  },
  { title: "Desired", width: "110px", cell: ({ from, to }) => <Change from={from} to={to} /> },
  { title: "Why", from: "tablet", wraps: true, cell: why },
  { title: "Live then", width: "90px", from: "desktop", cell: ({ live }) => live ?? "–" },
  { title: "When", width: "120px", from: "tablet", cell: ({ at }) => <Time at={at} /> },
];

function Change({ from, to }: { from: number; to: number }) {
  return (
    <span className={classes.change} data-up={to > from}>
      {from} <span aria-hidden="true">→</span>
      <span className={classes.hidden}>to</span> {to}
    </span>
  );
}

function why({ signal, value, reason }: Decision): string {
  return signal != null && value != null
    ? `${signal} ${value.toLocaleString("en", { maximumFractionDigits: 2 })}: ${reason}`
    : reason;
}
