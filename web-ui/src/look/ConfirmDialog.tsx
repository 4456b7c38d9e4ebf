import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "./ProblemNotice";

interface ConfirmDialogProps {
  title: string;
  /** What will happen, and whether it can be undone. */
  children: ReactNode;
  action: string;
  onConfirm: () => void;
  onClose: () => void;
  isPending: boolean;
  /** False until all that the action needs is there. */
  isReady?: boolean;
  error: unknown;
}

/** Asks before something that cannot be undone; the harmless answer has the focus. */
export function ConfirmDialog({
  title,
  children,
  action,
  onConfirm,
  onClose,
  isPending,
  isReady = true,
  error,
}: ConfirmDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack gap="md">
        {error !== null && error !== undefined && <ProblemNotice problem={problemOf(error)} />}
        <span>{children}</span>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" disabled={!isReady} loading={isPending} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
