import { Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { ConfirmDialog } from "../look/ConfirmDialog";
import { ProblemNotice } from "../look/ProblemNotice";
import { taskTypesQuery } from "../tasks/tasks";
import { ScheduleForm } from "./ScheduleForm";
import { deleteSchedule, editedScheduleQuery, SCHEDULES_KEY, scheduleQuery } from "./schedules";

interface DialogProps {
  name: string;
  onClose: () => void;
}

export function CreateDialog({ onClose }: { onClose: () => void }) {
  const types = useQuery(taskTypesQuery);
  return (
    <Modal opened onClose={onClose} title="Create schedule" size="xl">
      {types.error && <ProblemNotice problem={problemOf(types.error)} />}
      {types.data && (
        <ScheduleForm
          types={types.data}
          onSaved={({ name }) => {
            notifications.show({ message: `Schedule ${name} created` });
            onClose();
          }}
          onCancel={onClose}
        />
      )}
    </Modal>
  );
}

export function EditDialog({ name, onClose }: DialogProps) {
  const types = useQuery(taskTypesQuery);
  const { data, error } = useQuery(editedScheduleQuery(name));
  const problem = types.error ?? error;
  return (
    <Modal opened onClose={onClose} title={`Edit ${name}`} size="xl">
      {problem && <ProblemNotice problem={problemOf(problem)} />}
      {types.data && data && <ScheduleForm schedule={data} types={types.data} onSaved={onClose} onCancel={onClose} />}
    </Modal>
  );
}

export function DeleteDialog({ name, onClose }: DialogProps) {
  const queries = useQueryClient();
  const { data, error } = useQuery(scheduleQuery(name));
  const deleting = useMutation({
    mutationFn: deleteSchedule,
    onSuccess: async () => {
      onClose();
      notifications.show({ message: `Schedule ${name} deleted` });
      await queries.invalidateQueries({ queryKey: [...SCHEDULES_KEY, "list"] });
    },
  });
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      action="Delete schedule"
      onConfirm={() => data && deleting.mutate(data)}
      onClose={onClose}
      isPending={deleting.isPending}
      isReady={!!data}
      error={deleting.error ?? error}
    >
      It submits no task any more. The tasks that it submitted stay. This cannot be undone; pausing can.
    </ConfirmDialog>
  );
}
