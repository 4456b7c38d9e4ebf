import { Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { ConfirmDialog } from "../look/ConfirmDialog";
import { ProblemNotice } from "../look/ProblemNotice";
import { Time } from "../look/Time";
import { SecretForm } from "./SecretForm";
import classes from "./SecretsPage.module.css";
import { removeSecret, SECRETS_KEY, secretQuery } from "./secrets";

interface DialogProps {
  name: string;
  onClose: () => void;
}

export function CreateDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Set secret" size="lg">
      <SecretForm
        onSaved={({ name }) => {
          notifications.show({ message: `Secret ${name} set` });
          onClose();
        }}
        onCancel={onClose}
      />
    </Modal>
  );
}

export function NewValueDialog({ name, onClose }: DialogProps) {
  // The version that somebody saw is the one that their value replaces, unless they are told of another.
  const seen = { ...secretQuery(name), refetchOnWindowFocus: false, refetchOnReconnect: false };
  const { data, error, refetch } = useQuery(seen);
  return (
    <Modal opened onClose={onClose} title={`New value for ${name}`} size="lg">
      <Stack gap="sm">
        {error && <ProblemNotice problem={problemOf(error)} />}
        {data && (
          <>
            <p className={classes.note}>
              Replaces version {data.value.version}, set <Time at={data.value.updatedAt} /> by {data.value.updatedBy}.
              Tasks that begin afterwards get the new value.
            </p>
            <SecretForm
              secret={data}
              onSaved={({ version }) => {
                notifications.show({ message: `Secret ${name} has a new value, version ${version}` });
                onClose();
              }}
              onOutdated={() => void refetch()}
              onCancel={onClose}
            />
          </>
        )}
      </Stack>
    </Modal>
  );
}

export function RemoveDialog({ name, onClose }: DialogProps) {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ ...secretQuery(name), refetchOnWindowFocus: false });
  const removing = useMutation({
    mutationFn: removeSecret,
    onSuccess: async () => {
      onClose();
      notifications.show({ message: `Secret ${name} removed` });
      await queries.invalidateQueries({ queryKey: [...SECRETS_KEY, "list"] });
    },
    onError: (refused) => {
      if (problemOf(refused).status === 412) {
        void refetch();
      }
    },
  });
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      action="Remove secret"
      onConfirm={() => data && removing.mutate(data)}
      onClose={onClose}
      isPending={removing.isPending}
      isReady={!!data}
      error={removing.error ?? error}
    >
      {data && (
        <>
          It is in version {data.value.version}, set <Time at={data.value.updatedAt} /> by {data.value.updatedBy}.{" "}
        </>
      )}
      Tasks that refer to it fail from then on. Its value is gone for good.
    </ConfirmDialog>
  );
}
