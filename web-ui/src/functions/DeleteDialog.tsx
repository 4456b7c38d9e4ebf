import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "../look/ConfirmDialog";
import { deleteFunction, FUNCTIONS_KEY } from "./functions";

export function DeleteDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const queries = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => deleteFunction(name),
    onSuccess: async () => {
      onClose();
      notifications.show({ message: `Function ${name} deleted` });
      queries.removeQueries({ queryKey: [...FUNCTIONS_KEY, "version", name] });
      await queries.invalidateQueries({ queryKey: FUNCTIONS_KEY });
    },
  });
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      action="Delete function"
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
      isPending={deleting.isPending}
      error={deleting.error}
    >
      All its versions go with it, and tasks that name it fail. What runs goes on. This cannot be undone.
    </ConfirmDialog>
  );
}
