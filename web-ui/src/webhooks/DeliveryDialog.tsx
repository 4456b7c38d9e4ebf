import { Modal, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { CopyButton } from "../look/Copyable";
import { JsonView } from "../look/JsonView";
import { Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { Time } from "../look/Time";
import classes from "./WebhookPage.module.css";
import { DeliveryStateMark } from "./WebhookState";
import { type Delivery, deliveryQuery } from "./webhooks";

interface DeliveryDialogProps {
  webhook: string;
  id: string;
  onClose: () => void;
}

/** Everything known of one delivery, and what is sent. */
export function DeliveryDialog({ webhook, id, onClose }: DeliveryDialogProps) {
  const { data, error } = useQuery(deliveryQuery(webhook, id));
  return (
    <Modal opened onClose={onClose} title={data?.eventType ?? "Delivery"} size="lg">
      <Stack gap="md">
        {error && <ProblemNotice problem={problemOf(error)} />}
        {!data && !error && <Skeleton height={160} radius="md" />}
        {data && (
          <>
            <Facts delivery={data} />
            <Panel title="Body" aside={<CopyButton text={JSON.stringify(data.body, null, 2)} what="body" />}>
              <JsonView value={data.body} />
            </Panel>
          </>
        )}
      </Stack>
    </Modal>
  );
}

function Facts({ delivery }: { delivery: Delivery }) {
  const { state, attempts, lastStatus, lastError, lastAttemptAt, nextAttemptAt, createdAt, finishedAt } = delivery;
  return (
    <dl className={classes.facts}>
      <dt>State</dt>
      <dd>
        <DeliveryStateMark state={state} />
      </dd>
      <dt>Event id</dt>
      <dd>
        <code>{delivery.eventId}</code>
      </dd>
      <dt>Attempts</dt>
      <dd>{attempts}</dd>
      {lastStatus && (
        <>
          <dt>Last status</dt>
          <dd>{lastStatus}</dd>
        </>
      )}
      {lastError && (
        <>
          <dt>Last error</dt>
          <dd>{lastError}</dd>
        </>
      )}
      <dt>Happened</dt>
      <dd>
        <Time at={createdAt} />
      </dd>
      <dt>Last attempt</dt>
      <dd>
        <Time at={lastAttemptAt} />
      </dd>
      <dt>{finishedAt ? "Ended" : "Next attempt"}</dt>
      <dd>
        <Time at={finishedAt ?? nextAttemptAt} />
      </dd>
    </dl>
  );
}
