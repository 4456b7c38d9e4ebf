import { getRouteApi } from "@tanstack/react-router";
import { useList } from "../api/list";
import { Command } from "../look/Copyable";
import { EmptyState } from "../look/EmptyState";
import { ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { Page } from "../look/Page";
import { useRefusal } from "../session/useSession";
import { CreateDialog, LimitDialog } from "./LimitDialogs";
import { DeleteDialog, PurgeDialog } from "./QueueDialogs";
import { queueColumns } from "./queueColumns";
import { queuesList } from "./queues";

const route = getRouteApi("/signed-in/console/queues");

export function QueuesPage() {
  const refusal = useRefusal("admin");
  const list = useList(queuesList);
  return (
    <Page
      title="Queues"
      about="Where queued tasks wait for a worker. A queue's limit is how many of its tasks run at once."
      actions={
        <LinkButton to="/console/queues" search={{ dialog: "create" }} disabled={!!refusal} title={refusal}>
          Create queue
        </LinkButton>
      }
    >
      <ListTable
        label="Queues"
        list={list}
        columns={queueColumns(refusal)}
        keyOf={(queue) => queue.name}
        empty={<NoQueues />}
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
    case "limit":
      return <LimitDialog name={name} onClose={close} />;
    case "purge":
      return <PurgeDialog name={name} onClose={close} />;
    case "delete":
      return <DeleteDialog name={name} onClose={close} />;
  }
}

function NoQueues() {
  return (
    <EmptyState
      icon="queue"
      title="No queues yet"
      remedy={
        <>
          <LinkButton to="/console/queues" search={{ dialog: "create" }}>
            Create the first queue
          </LinkButton>
          <Command purpose="Or from a terminal">bascule queue create reports --concurrency 4</Command>
        </>
      }
    >
      Tasks that name a queue wait there, survive restarts of everything, and run in its order.
    </EmptyState>
  );
}
