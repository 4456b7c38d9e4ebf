import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";

interface FormActionsProps {
  onCancel: () => void;
  isPending: boolean;
  /** False while the form waits for another choice. */
  isReady?: boolean;
  /** What the form does. */
  children: ReactNode;
}

/** The end of a form in a dialog. */
export function FormActions({ onCancel, isPending, isReady = true, children }: FormActionsProps) {
  return (
    <Group justify="flex-end" mt="xs">
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" loading={isPending} disabled={!isReady}>
        {children}
      </Button>
    </Group>
  );
}
