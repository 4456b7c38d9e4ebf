import { Link } from "@tanstack/react-router";
import type { Column } from "../look/ListTable";
import { Time } from "../look/Time";
import { typesInWords } from "./eventTypes";
import { WebhookActions } from "./WebhookActions";
import { WebhookState } from "./WebhookState";
import type { Webhook } from "./webhooks";

/** @param refusal why the person may not change webhooks, if so */
export function webhookColumns(refusal: string | undefined): Column<Webhook>[] {
  return [
    {
      title: "Name",
      cell: ({ name }) => (
        <Link to="/webhooks/$name" params={{ name }} title={`Deliveries of ${name}`}>
          {name}
        </Link>
      ),
      brief: ({ url }) => url,
    },
    { title: "State", width: "110px", cell: (webhook) => <WebhookState webhook={webhook} /> },
    { title: "URL", width: "28%", from: "tablet", cell: ({ url }) => <span title={url}>{url}</span> },
    {
      title: "Events",
      width: "22%",
      from: "desktop",
      cell: ({ eventTypes }) => <span title={eventTypes.join(", ")}>{typesInWords(eventTypes)}</span>,
    },
    { title: "Changed", width: "120px", from: "wide", cell: ({ updatedAt }) => <Time at={updatedAt} /> },
    {
      title: "Actions",
      titleHidden: true,
      width: "120px",
      align: "end",
      cell: (webhook) => <WebhookActions webhook={webhook} refusal={refusal} />,
    },
  ];
}
