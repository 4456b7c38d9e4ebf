import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "../look/ConfirmDialog";
import { counted } from "../look/counted";
import { TASKS_KEY } from "../tasks/tasks";
import { deleteQueue, purgeQueue, QUEUES_KEY, queueQuery, sumOf } from "./queues";

interface DialogProps {
  name: string;
  onClose: () => void;
}

export function PurgeDialog({ name, onClose }: DialogProps) {
  const queries = useQueryClient();
  const { data } = useQuery(queueQuery(name));
  const purging = useMutation({
    mutationFn: () => purgeQueue(name),
    onSuccess: (count) => {
      onClose();
      notifications.show({ message: `${counted(count, "task")} of ${name} cancelled` });
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: QUEUES_KEY });
      await queries.invalidateQueries({ queryKey: TASKS_KEY });
    },
  });
  const waiting = data && sumOf([data.value.ready, data.value.held, data.value.delayed]);
  return (
    <ConfirmDialog
      title={`Purge ${name}?`}
      action="Cancel all that waits"
      onConfirm={() => purging.mutate()}
      onClose={onClose}
      isPending={purging.isPending}
      error={purging.error}
    >
      Everything that waits or is delayed here is cancelled
      {waiting === undefined ? "" : `: ${waiting} ${waiting === "1" ? "task" : "tasks"}`}. What runs already goes on.
      This cannot be undone.
    </ConfirmDialog>
  );
}

export function DeleteDialog({ name, onClose }: DialogProps) {
  const queries = useQueryClient();
  const deleting = useMutation({
    mutationFn: deleteQueue,
    onSuccess: async () => {
      onClose();
      notifications.show({ message: `Queue ${name} deleted` });
      await queries.invalidateQueries({ queryKey: [...QUEUES_KEY, "list"] });
    },
  });
  // Once it is deleted, nothing asks for it any more, whatever happens meanwhile.
  const { data, error } = useQuery({ ...queueQuery(name), enabled: !deleting.isPending && !deleting.isSuccess });
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      action="Delete queue"
      onConfirm={() => data && deleting.mutate(data)}
      onClose={onClose}
      isPending={deleting.isPending}
      isReady={!!data}
      error={deleting.error ?? error}
    >
      Only a queue without tasks can be deleted. What its tasks did stays in the list of tasks.
    </ConfirmDialog>
  );
}
