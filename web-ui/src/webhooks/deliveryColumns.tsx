import { Link } from "@tanstack/react-router";
import type { Column } from "../look/ListTable";
import { Time } from "../look/Time";
import { shortType } from "./eventTypes";
import { RedeliverButton } from "./RedeliverButton";
import { DeliveryStateMark } from "./WebhookState";
import type { WebhookSearch } from "./webhookSearch";
import { answerInWords, type Delivery, deliveriesKey, redeliver } from "./webhooks";

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
      cell: (delivery) =>
        refusal ? null : (
          <RedeliverButton
            delivery={delivery}
            send={(id) => redeliver(webhook, id)}
            what={shortType(delivery.eventType)}
            changes={deliveriesKey(webhook)}
            label={`Redeliver ${shortType(delivery.eventType)}`}
          />
        ),
    },
  ];
}
