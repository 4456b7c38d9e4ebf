import { getRouteApi } from "@tanstack/react-router";
import { useList } from "../api/list";
import { Command } from "../look/Copyable";
import { EmptyState } from "../look/EmptyState";
import { ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { Page } from "../look/Page";
import { useRefusal } from "../session/useSession";
import { CreateDialog } from "./CreateDialog";
import { webhookColumns } from "./webhookColumns";
import { webhooksList } from "./webhooks";

const route = getRouteApi("/signed-in/webhooks");

export function WebhooksPage() {
  const refusal = useRefusal("admin");
  const list = useList(webhooksList);
  const { dialog } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title="Webhooks"
      about="Where events of this workspace are sent, signed, until your endpoint has taken them."
      actions={
        <LinkButton to="/webhooks" search={{ dialog: "create" }} disabled={!!refusal} title={refusal}>
          Create webhook
        </LinkButton>
      }
    >
      <ListTable
        label="Webhooks"
        list={list}
        columns={webhookColumns(refusal)}
        keyOf={({ id }) => id}
        empty={<NoWebhooks refusal={refusal} />}
      />
      {dialog === "create" && !refusal && (
        <CreateDialog
          onClose={() => navigate({ search: {} })}
          onCreated={(name) => navigate({ to: "/webhooks/$name", params: { name } })}
        />
      )}
    </Page>
  );
}

function NoWebhooks({ refusal }: { refusal: string | undefined }) {
  return (
    <EmptyState
      icon="webhook"
      title="No webhooks yet"
      remedy={
        <>
          <LinkButton to="/webhooks" search={{ dialog: "create" }} disabled={!!refusal} title={refusal}>
            Create the first webhook
          </LinkButton>
          <Command purpose="Or from a terminal">
            {`bascule webhook create reports https://example.org/hooks \\
  --event io.bascule.task.finished`}
          </Command>
        </>
      }
    >
      A webhook tells a program of yours what happens here: that a task has finished, for example. It is tried again for
      three days when your endpoint is away.
    </EmptyState>
  );
}
