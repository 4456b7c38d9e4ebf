import { Button, Group, Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "../look/ProblemNotice";
import { AGENTS_KEY, revokeAgent } from "./agents";

export function RevokeDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const queries = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeAgent(name),
    onSuccess: async () => {
      onClose();
      notifications.show({ message: `Agent ${name} revoked` });
      await queries.invalidateQueries({ queryKey: AGENTS_KEY });
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Revoke ${name}?`}>
      <Stack gap="md">
        {revoking.error && <ProblemNotice problem={problemOf(revoking.error)} />}
        <span>Its certificates stop working and its tunnels end. Its resources cannot be reached any more.</span>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={revoking.isPending} onClick={() => revoking.mutate()}>
            Revoke agent
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
