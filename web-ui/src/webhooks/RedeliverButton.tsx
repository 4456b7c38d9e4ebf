import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { showProblem } from "../look/showProblem";
import type { Delivery } from "./webhooks";

interface RedeliverButtonProps {
  delivery: Delivery;
  send: (id: string) => Promise<Delivery>;
  /** What is sent, to be told. */
  what: string;
  /** What sending changes. */
  changes: QueryKey;
  /** Where there are several. */
  label?: string;
  /** Why the person may not send, if so. */
  refusal?: string;
}

/** Sends a delivery again, unless it is being sent. */
export function RedeliverButton({ delivery, send, what, changes, label, refusal }: RedeliverButtonProps) {
  const { id, state } = delivery;
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: () => send(id),
    onSuccess: () => notifications.show({ message: `${what} is sent again` }),
    onError: showProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: changes }),
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={sending.isPending}
      disabled={!!refusal || state === "sending"}
      title={refusal}
      aria-label={label}
      onClick={() => sending.mutate()}
    >
      Redeliver
    </Button>
  );
}
