import type { Column } from "../look/ListTable";
import type { Policy, Rules } from "./scaling";

export const POLICY_COLUMNS: Column<Policy>[] = [
  {
    title: "Component",
    width: "190px",
    cell: ({ component }) => component,
    brief: ({ minPods, maxPods, signals }) => `${minPods} to ${maxPods} pods · ${signals.join(" or ")}`,
  },
  { title: "Pods", width: "100px", from: "tablet", cell: ({ minPods, maxPods }) => `${minPods} to ${maxPods}` },
  {
    title: "Scales to",
    from: "tablet",
    wraps: true,
    cell: ({ signals }) => <span title="Whichever asks for more pods">{signals.join(" or ")}</span>,
  },
  { title: "Up", width: "24%", from: "desktop", wraps: true, cell: ({ up }) => <Pace rules={up} /> },
  { title: "Down", width: "27%", from: "desktop", wraps: true, cell: ({ down }) => <Pace rules={down} /> },
];

function Pace({ rules: { steps, choose, windowSeconds } }: { rules: Rules }) {
  const which = steps.length > 1 ? `the ${choose} of ${steps.join(" and ")}` : steps[0];
  const words = windowSeconds > 0 ? `after ${windowSeconds} s, ${which}` : which;
  return <>{words}</>;
}
