import { Link } from "@tanstack/react-router";
import type { Column } from "../look/ListTable";
import { Time } from "../look/Time";
import { QueueActions } from "./QueueActions";
import { QueueState } from "./QueueState";
import { atLeast, type Queue } from "./queues";

/** @param refusal why the person may not change queues, if so */
export function queueColumns(refusal: string | undefined): Column<Queue>[] {
  return [
    {
      title: "Name",
      cell: ({ name }) => (
        <Link to="/tasks" search={{ queue: name }} title={`Tasks of ${name}`}>
          {name}
        </Link>
      ),
      brief: ({ paused, ready, running }) =>
        `${paused ? "paused · " : ""}${atLeast(ready)} waiting · ${running} running`,
    },
    { title: "State", width: "110px", from: "tablet", cell: (queue) => <QueueState queue={queue} /> },
    {
      title: "Waiting",
      width: "110px",
      from: "tablet",
      align: "end",
      cell: ({ ready, held }) => (
        <span title={held > 0 ? `${atLeast(held)} more are held back by their concurrency key` : undefined}>
          {atLeast(ready)}
        </span>
      ),
    },
    {
      title: "Running",
      width: "110px",
      from: "tablet",
      align: "end",
      cell: ({ running, concurrencyLimit, keyLimit }) => (
        <span title={`At most ${concurrencyLimit} at once, and ${keyLimit} of each concurrency key`}>
          {running.toLocaleString("en")} of {concurrencyLimit.toLocaleString("en")}
        </span>
      ),
    },
    {
      title: "Delayed",
      width: "100px",
      from: "desktop",
      align: "end",
      cell: ({ delayed }) => <span title="Scheduled, or between two tries">{atLeast(delayed)}</span>,
    },
    {
      title: "Oldest waits since",
      width: "160px",
      from: "desktop",
      cell: ({ oldestReadyAt }) => <Time at={oldestReadyAt} />,
    },
    {
      title: "Actions",
      titleHidden: true,
      width: "150px",
      align: "end",
      cell: (queue) => <QueueActions queue={queue} refusal={refusal} />,
    },
  ];
}
