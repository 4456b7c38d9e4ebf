import { Select, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useList } from "../api/list";
import { problemOf } from "../api/problem";
import { EmptyState } from "../look/EmptyState";
import { ListTable } from "../look/ListTable";
import { FilterBar, Page } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { useRefusal } from "../session/useSession";
import { DeliveryDialog } from "./DeliveryDialog";
import { deliveryColumns } from "./deliveryColumns";
import { WebhookActions } from "./WebhookActions";
import { DeleteDialog, EditDialog, RotateDialog } from "./WebhookDialogs";
import { WebhookFacts } from "./WebhookFacts";
import classes from "./WebhookPage.module.css";
import { WebhookState } from "./WebhookState";
import { DELIVERY_STATES, type DeliveryState, deliveriesList, webhookQuery } from "./webhooks";

const route = getRouteApi("/signed-in/webhooks/$name");
const POLL_MILLIS = 5_000;

/** One webhook and what was sent to it. */
export function WebhookPage() {
  const { name } = route.useParams();
  const refusal = useRefusal("admin");
  const { data, error, refetch } = useQuery({ ...webhookQuery(name), refetchInterval: POLL_MILLIS });
  const webhook = data?.value;
  return (
    <Page
      title={name}
      mark={webhook && <WebhookState webhook={webhook} />}
      about={webhook?.description || undefined}
      trail={
        <Link to="/webhooks" className={classes.trail}>
          ← Webhooks
        </Link>
      }
      actions={webhook && <WebhookActions webhook={webhook} refusal={refusal} />}
    >
      {error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!webhook && !error && <Skeleton height={140} radius="md" />}
      {webhook && (
        <>
          <WebhookFacts webhook={webhook} />
          <Deliveries name={name} refusal={refusal} />
        </>
      )}
      <Dialogs name={name} refusal={refusal} />
    </Page>
  );
}

function Deliveries({ name, refusal }: { name: string; refusal: string | undefined }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useList(deliveriesList(name, search.state));
  return (
    <>
      <h2 className={classes.heading}>Deliveries</h2>
      <FilterBar>
        <Select
          size="xs"
          w={180}
          aria-label="State"
          placeholder="Any state"
          clearable
          data={DELIVERY_STATES}
          value={search.state ?? null}
          onChange={(state) =>
            navigate({ search: { ...search, state: (state ?? undefined) as DeliveryState | undefined } })
          }
        />
      </FilterBar>
      <ListTable
        label="Deliveries"
        list={list}
        columns={deliveryColumns({ webhook: name, search, refusal })}
        keyOf={({ id }) => id}
        empty={
          <EmptyState
            icon={search.state ? "search" : "webhook"}
            title={search.state ? "Nothing matches" : "Nothing sent yet"}
          >
            {search.state
              ? "No delivery is in this state."
              : "Events that happen from now on are sent and stand here until a week after. Test sends one at once."}
          </EmptyState>
        }
      />
    </>
  );
}

function Dialogs({ name, refusal }: { name: string; refusal: string | undefined }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const close = () => navigate({ search: { state: search.state } });
  if (search.dialog === "delivery") {
    return <DeliveryDialog webhook={name} id={search.delivery ?? ""} onClose={close} />;
  }
  if (search.dialog === undefined || refusal) {
    return null;
  }
  switch (search.dialog) {
    case "edit":
      return (
        <EditDialog
          name={name}
          onClose={close}
          onSaved={(saved) => navigate({ params: { name: saved.name }, search: { state: search.state } })}
        />
      );
    case "rotate":
      return <RotateDialog name={name} onClose={close} />;
    case "delete":
      return <DeleteDialog name={name} onClose={close} onDeleted={() => navigate({ to: "/webhooks" })} />;
  }
}
