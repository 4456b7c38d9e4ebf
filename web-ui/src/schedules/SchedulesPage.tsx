import { getRouteApi } from "@tanstack/react-router";
import { useList } from "../api/list";
import { Command } from "../look/Copyable";
import { EmptyState } from "../look/EmptyState";
import { ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { Page } from "../look/Page";
import { useRefusal } from "../session/useSession";
import { CreateDialog, DeleteDialog, EditDialog } from "./ScheduleDialogs";
import { scheduleColumns } from "./scheduleColumns";
import { schedulesList } from "./schedules";

const route = getRouteApi("/signed-in/schedules");

export function SchedulesPage() {
  const refusal = useRefusal("admin");
  const list = useList(schedulesList);
  return (
    <Page
      title="Schedules"
      about="Tasks that are submitted again and again, at times of the day or at an interval."
      actions={
        <LinkButton to="/schedules" search={{ dialog: "create" }} disabled={!!refusal} title={refusal}>
          Create schedule
        </LinkButton>
      }
    >
      <ListTable
        label="Schedules"
        list={list}
        columns={scheduleColumns(refusal)}
        keyOf={(schedule) => schedule.id}
        empty={<NoSchedules refusal={refusal} />}
      />
      <Dialogs />
    </Page>
  );
}

function Dialogs() {
  const { dialog, name = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const close = () => navigate({ search: {} });
  switch (dialog) {
    case undefined:
      return null;
    case "create":
      return <CreateDialog onClose={close} />;
    case "edit":
      return <EditDialog name={name} onClose={close} />;
    case "delete":
      return <DeleteDialog name={name} onClose={close} />;
  }
}

function NoSchedules({ refusal }: { refusal: string | undefined }) {
  return (
    <EmptyState
      icon="schedule"
      title="No schedules yet"
      remedy={
        <>
          <LinkButton to="/schedules" search={{ dialog: "create" }} disabled={!!refusal} title={refusal}>
            Create the first schedule
          </LinkButton>
          <Command purpose="Or from a terminal">
            {`bascule schedule create good-morning --cron '0 9 * * MON-FRI' \\
  --zone Europe/Berlin --type echo --input '{"message": "hello"}'`}
          </Command>
        </>
      }
    >
      A schedule submits a task for you: every weekday at nine in Berlin, for example, or every 15 minutes.
    </EmptyState>
  );
}
