import { Button, Group, Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "../look/ProblemNotice";
import { ResourceForm } from "./ResourceForm";
import { deleteResource, editedResourceQuery, RESOURCES_KEY, resourceQuery } from "./resources";

interface DialogProps {
  name: string;
  onClose: () => void;
}

interface CreateDialogProps {
  onClose: () => void;
  onCreated: (name: string) => void;
}

export function CreateDialog({ onClose, onCreated }: CreateDialogProps) {
  return (
    <Modal opened onClose={onClose} title="Add resource" size="lg">
      <ResourceForm
        onSaved={({ name }) => {
          notifications.show({ message: `Resource ${name} added` });
          onCreated(name);
        }}
        onCancel={onClose}
      />
    </Modal>
  );
}

export function EditDialog({ name, onClose }: DialogProps) {
  const { data, error } = useQuery(editedResourceQuery(name));
  return (
    <Modal opened onClose={onClose} title={`Edit ${name}`} size="lg">
      {error && <ProblemNotice problem={problemOf(error)} />}
      {data && <ResourceForm resource={data} onSaved={onClose} onCancel={onClose} />}
    </Modal>
  );
}

export function DeleteDialog({ name, onClose }: DialogProps) {
  const queries = useQueryClient();
  const { data, error } = useQuery(resourceQuery(name));
  const deleting = useMutation({
    mutationFn: deleteResource,
    onSuccess: async () => {
      onClose();
      notifications.show({ message: `Resource ${name} deleted` });
      await queries.invalidateQueries({ queryKey: [...RESOURCES_KEY, "list"] });
    },
  });
  const problem = deleting.error ?? error;
  return (
    <Modal opened onClose={onClose} title={`Delete ${name}?`}>
      <Stack gap="md">
        {problem && <ProblemNotice problem={problemOf(problem)} />}
        <span>Nobody can open a tunnel to it any more. Tasks that name it fail. This cannot be undone.</span>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button
            color="red"
            disabled={!data}
            loading={deleting.isPending}
            onClick={() => data && deleting.mutate(data)}
          >
            Delete resource
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
