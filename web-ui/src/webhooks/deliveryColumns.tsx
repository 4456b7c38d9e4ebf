import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Column } from "../look/ListTable";
import { showProblem } from "../look/showProblem";
import { Time } from "../look/Time";
import { shortType } from "./eventTypes";
import { DeliveryStateMark } from "./WebhookState";
import type { WebhookSearch } from "./webhookSearch";
import { type Delivery, deliveriesKey, redeliver } from "./webhooks";

interface Context {
  /** The name of the webhook whose deliveries these are. */
  webhook: string;
  search: WebhookSearch;
  /** Why the person may not send again, if so. */
  refusal: string | undefined;
}

export function deliveryColumns({ webhook, search, refusal }: Context): Column<Delivery>[] {
  return [
    {
      title: "Event",
      cell: ({ id, eventType }) => (
        <Link
          to="/webhooks/$name"
          params={{ name: webhook }}
          search={{ ...search, dialog: "delivery", delivery: id }}
          title={eventType}
        >
          {shortType(eventType)}
        </Link>
      ),
      brief: (delivery) => answerInWords(delivery),
    },
    { title: "State", width: "110px", cell: ({ state }) => <DeliveryStateMark state={state} /> },
    { title: "Attempts", width: "90px", from: "desktop", align: "end", cell: ({ attempts }) => attempts },
    {
      title: "Last answer",
      width: "26%",
      from: "tablet",
      cell: (delivery) => <span title={answerInWords(delivery)}>{answerInWords(delivery)}</span>,
    },
    {
      title: "Next attempt",
      width: "120px",
      from: "desktop",
      cell: ({ nextAttemptAt, finishedAt }) => <Time at={finishedAt ? null : nextAttemptAt} />,
    },
    { title: "Happened", width: "120px", from: "tablet", cell: ({ createdAt }) => <Time at={createdAt} /> },
    {
      title: "Actions",
      titleHidden: true,
      width: "110px",
      align: "end",
      cell: (delivery) => (refusal ? null : <Redeliver webhook={webhook} delivery={delivery} />),
    },
  ];
}

/** "204", "503: the endpoint is overloaded", or what kept it from answering. */
function answerInWords({ lastStatus, lastError }: Delivery): string {
  return [lastStatus, lastError].filter((part) => part !== null && part !== undefined).join(": ") || "–";
}

function Redeliver({ webhook, delivery: { id, eventType, state } }: { webhook: string; delivery: Delivery }) {
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: () => redeliver(webhook, id),
    onSuccess: () => notifications.show({ message: `${shortType(eventType)} is sent again` }),
    onError: showProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: deliveriesKey(webhook) }),
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={sending.isPending}
      disabled={state === "sending"}
      aria-label={`Redeliver ${shortType(eventType)}`}
      onClick={() => sending.mutate()}
    >
      Redeliver
    </Button>
  );
}
