import { Modal, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { CopyButton } from "../look/Copyable";
import { Fact, Facts } from "../look/Facts";
import { JsonView } from "../look/JsonView";
import { Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { Time } from "../look/Time";
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
            <DeliveryFacts delivery={data} />
            <Panel title="Body" aside={<CopyButton text={JSON.stringify(data.body, null, 2)} what="body" />}>
              <JsonView value={data.body} />
            </Panel>
          </>
        )}
      </Stack>
    </Modal>
  );
}

function DeliveryFacts({ delivery }: { delivery: Delivery }) {
  const { state, attempts, lastStatus, lastError, lastAttemptAt, nextAttemptAt, createdAt, finishedAt } = delivery;
  return (
    <Facts>
      <Fact name="State">
        <DeliveryStateMark state={state} />
      </Fact>
      <Fact name="Event id">
        <code>{delivery.eventId}</code>
      </Fact>
      <Fact name="Attempts">{attempts}</Fact>
      {lastStatus && <Fact name="Last status">{lastStatus}</Fact>}
      {lastError && <Fact name="Last error">{lastError}</Fact>}
      <Fact name="Happened">
        <Time at={createdAt} />
      </Fact>
      <Fact name="Last attempt">
        <Time at={lastAttemptAt} />
      </Fact>
      <Fact name={finishedAt ? "Ended" : "Next attempt"}>
        <Time at={finishedAt ?? nextAttemptAt} />
      </Fact>
    </Facts>
  );
}
