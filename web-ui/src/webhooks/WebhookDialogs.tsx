import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../api/problem";
import { ConfirmDialog } from "../look/ConfirmDialog";
import { ProblemNotice } from "../look/ProblemNotice";
import { ShownOnce } from "../look/ShownOnce";
import { signingSecret } from "./signingSecret";
import { WebhookForm } from "./WebhookForm";
import {
  deleteWebhook,
  editedWebhookQuery,
  rotateSecret,
  type Signing,
  WEBHOOKS_KEY,
  type Webhook,
  webhookQuery,
} from "./webhooks";

interface DialogProps {
  name: string;
  onClose: () => void;
}

export function EditDialog({ name, onClose, onSaved }: DialogProps & { onSaved: (webhook: Webhook) => void }) {
  const { data, error } = useQuery(editedWebhookQuery(name));
  return (
    <Modal opened onClose={onClose} title={`Edit ${name}`} size="lg">
      {error && <ProblemNotice problem={problemOf(error)} />}
      {data && <WebhookForm webhook={data} onSaved={onSaved} onCancel={onClose} />}
    </Modal>
  );
}

const OVERLAPS = [
  { value: "86400", label: "a day" },
  { value: "3600", label: "an hour" },
  { value: "604800", label: "a week" },
  { value: "0", label: "not at all: it is known to others" },
];

export function RotateDialog({ name, onClose }: DialogProps) {
  const queries = useQueryClient();
  const [overlap, setOverlap] = useState("86400");
  const [rotated, setRotated] = useState<Signing>();
  const rotating = useMutation({
    mutationFn: () => rotateSecret(name, Number(overlap)),
    gcTime: 0,
    onSuccess: async (signing) => {
      setRotated(signing);
      await queries.invalidateQueries({ queryKey: WEBHOOKS_KEY });
    },
  });
  return (
    <ShownOnce
      title={rotated ? `New signing secret of ${name}` : `Rotate the signing secret of ${name}?`}
      told={rotated && signingSecret(rotated)}
      onClose={onClose}
    >
      <Stack gap="md">
        {rotating.error && <ProblemNotice problem={problemOf(rotating.error)} />}
        <Select
          label="The present secret signs beside the new one for"
          description="So long your endpoint may take to learn the new one."
          data={OVERLAPS}
          allowDeselect={false}
          value={overlap}
          onChange={(value) => value && setOverlap(value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button loading={rotating.isPending} onClick={() => rotating.mutate()}>
            Rotate secret
          </Button>
        </Group>
      </Stack>
    </ShownOnce>
  );
}

export function DeleteDialog({ name, onClose, onDeleted }: DialogProps & { onDeleted: () => void }) {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(webhookQuery(name));
  const deleting = useMutation({
    mutationFn: deleteWebhook,
    onSuccess: async () => {
      onDeleted();
      notifications.show({ message: `Webhook ${name} deleted` });
      await queries.invalidateQueries({ queryKey: [...WEBHOOKS_KEY, "list"] });
    },
    onError: (refused) => {
      if (problemOf(refused).status === 412) {
        void refetch();
      }
    },
  });
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      action="Delete webhook"
      onConfirm={() => data && deleting.mutate(data)}
      onClose={onClose}
      isPending={deleting.isPending}
      isReady={!!data}
      error={deleting.error ?? error}
    >
      Its deliveries go with it, those that wait included. This cannot be undone; disabling can.
    </ConfirmDialog>
  );
}
