import { useNow } from "../look/clock";
import type { Column } from "../look/ListTable";
import { State, type Tone } from "../look/State";
import { Time } from "../look/Time";
import classes from "./policyColumns.module.css";
import type { Measure, Policy, Replicas, Rules, SeenSignal } from "./scaling";
import { useSeesPlatform } from "./useSeesPlatform";

/** Older than some steps: nobody takes them at the moment. */
const STALE_MILLIS = 60_000;

export const POLICY_COLUMNS: Column<Policy>[] = [
  {
    title: "Component",
    width: "170px",
    cell: ({ component }) => component,
    brief: ({ signals }) => signals.join(" or "),
  },
  { title: "Pods", width: "250px", wraps: true, cell: (policy) => <Pods policy={policy} /> },
  {
    title: "Signal and threshold",
    from: "tablet",
    wraps: true,
    cell: ({ measures, replicas }) => (
      <ul className={classes.list}>
        {measures.map((measure) => (
          <li key={measure.metric}>
            <Signal measure={measure} seen={replicas?.signals.find(({ metric }) => metric === measure.metric)} />
          </li>
        ))}
      </ul>
    ),
  },
  {
    title: "How fast",
    width: "28%",
    from: "desktop",
    wraps: true,
    cell: ({ up, down }) => (
      <ul className={classes.list}>
        <li>Up: {pace(up)}</li>
        <li>Down: {pace(down)}</li>
      </ul>
    ),
  },
];

function Pods({ policy: { minPods, maxPods, replicas, measures } }: { policy: Policy }) {
  const seesPlatform = useSeesPlatform();
  return (
    <>
      {replicas && <Standing replicas={replicas} />}
      {!replicas && seesPlatform && <State tone="idle">not seen yet</State>}
      <div className={classes.soft}>
        {replicas?.desired != null && replicas.reason}
        {replicas?.desired != null && "; "}
        {replicas?.desired != null && seesLess(measures, replicas) && "signals not seen here may ask for more; "}
        {minPods} to {maxPods} are allowed
      </div>
    </>
  );
}

function Standing({ replicas }: { replicas: Replicas }) {
  const { observedAt } = replicas;
  const isStale = useNow((now) => now - Date.parse(observedAt) > STALE_MILLIS);
  return (
    <>
      <State tone={isStale ? "idle" : toneOf(replicas)}>{standing(replicas)}</State>
      {isStale && (
        <div className={classes.soft}>
          as of <Time at={observedAt} />
        </div>
      )}
    </>
  );
}

/** "2 live, 4 desired"; what is not known is said to be so. */
export function standing({ current, desired }: Pick<Replicas, "current" | "desired">): string {
  const live = current == null ? "live ones not seen" : `${current} live`;
  return desired == null ? (current == null ? "not seen" : live) : `${live}, ${desired} desired`;
}

function toneOf({ current, desired }: Replicas): Tone {
  if (current == null || desired == null) {
    return "idle";
  }
  return current === desired ? "good" : current < desired ? "warn" : "busy";
}

/** Whether a signal of the policy is one that only the cluster knows. */
function seesLess(measures: Measure[], { signals }: Replicas): boolean {
  return measures.some(({ metric }) => signals.find((seen) => seen.metric === metric)?.value == null);
}

function Signal({ measure: { formula, threshold }, seen }: { measure: Measure; seen: SeenSignal | undefined }) {
  const seesPlatform = useSeesPlatform();
  return (
    <>
      <code className={classes.formula}>{formula}</code> held at {threshold}
      {seesPlatform && (
        <div className={classes.soft}>
          {seen?.value == null
            ? "not seen from here"
            : `now ${seen.value.toLocaleString("en", { maximumFractionDigits: 2 })}, which asks for ${seen.wanted}`}
        </div>
      )}
    </>
  );
}

function pace({ steps, choose, windowSeconds }: Rules): string {
  const which = steps.length > 1 ? `the ${choose} of ${steps.join(" and ")}` : (steps[0] ?? "");
  return windowSeconds > 0 ? `after ${windowSeconds} s, ${which}` : which;
}
