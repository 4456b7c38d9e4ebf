import { Link } from "@tanstack/react-router";
import type { Column } from "../look/ListTable";
import { Time } from "../look/Time";
import { intervalInWords } from "./interval";
import { ScheduleActions } from "./ScheduleActions";
import { ScheduleState } from "./ScheduleState";
import type { Schedule, Times } from "./schedules";

/** @param refusal why the person may not change schedules, if so */
export function scheduleColumns(refusal: string | undefined): Column<Schedule>[] {
  return [
    {
      title: "Name",
      cell: ({ name }) =>
        refusal ? (
          <strong title={name}>{name}</strong>
        ) : (
          <Link to="/schedules" search={{ dialog: "edit", name }} title={name}>
            {name}
          </Link>
        ),
      brief: ({ when }) => timesInWords(when),
    },
    {
      title: "When",
      width: "26%",
      from: "tablet",
      cell: ({ when }) => <span title={timesInWords(when)}>{timesInWords(when)}</span>,
    },
    { title: "Task", width: "130px", from: "desktop", cell: ({ task }) => task.type },
    { title: "State", width: "110px", from: "tablet", cell: (schedule) => <ScheduleState schedule={schedule} /> },
    { title: "Next run", width: "120px", cell: ({ nextRunAt }) => <Time at={nextRunAt} /> },
    { title: "Last run", width: "130px", from: "desktop", cell: (schedule) => <LastRun schedule={schedule} /> },
    {
      title: "Actions",
      titleHidden: true,
      width: "150px",
      align: "end",
      cell: (schedule) => <ScheduleActions schedule={schedule} refusal={refusal} />,
    },
  ];
}

function timesInWords({ cron, zone, every }: Times): string {
  return every ? intervalInWords(every) : `${cron ?? ""} (${zone ?? "UTC"})`;
}

function LastRun({ schedule: { lastRun } }: { schedule: Schedule }) {
  return lastRun ? (
    <Link to="/tasks/$taskId" params={{ taskId: lastRun.task }}>
      <Time at={lastRun.at} />
    </Link>
  ) : (
    <span>–</span>
  );
}
