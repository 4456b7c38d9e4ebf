import { Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { ConfirmDialog } from "../look/ConfirmDialog";
import { ProblemNotice } from "../look/ProblemNotice";
import { RotateSecretDialog } from "./RotateSecretDialog";
import { WebhookForm } from "./WebhookForm";
import { deleteWebhook, editedWebhookQuery, rotateSecret, WEBHOOKS_KEY, type Webhook, webhookQuery } from "./webhooks";

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

export function RotateDialog({ name, onClose }: DialogProps) {
  const queries = useQueryClient();
  return (
    <RotateSecretDialog
      title={`Rotate the signing secret of ${name}?`}
      titleAfter={`New signing secret of ${name}`}
      action="Rotate secret"
      rotate={(overlapSeconds) => rotateSecret(name, overlapSeconds)}
      onRotated={() => queries.invalidateQueries({ queryKey: WEBHOOKS_KEY })}
      onClose={onClose}
    />
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
