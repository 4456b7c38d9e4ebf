import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Command } from "./Copyable";

/** What is told a single time; who hands it in forgets it when the dialog is closed. */
export interface ToldOnce {
  /** What it is for. */
  about: ReactNode;
  purpose: string;
  /** What is copied. */
  what: string;
  secret: string;
  note?: ReactNode;
}

interface ShownOnceProps {
  title: string;
  told: ToldOnce | undefined;
  onClose: () => void;
  /** What is in the dialog until it is told. */
  children: ReactNode;
}

/** A dialog at whose end something is shown this once; a stray click or key does not lose it. */
export function ShownOnce({ title, told, onClose, children }: ShownOnceProps) {
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeOnClickOutside={!told} closeOnEscape={!told}>
      {told ? (
        <Stack gap="md">
          <span>{told.about}</span>
          <Command purpose={told.purpose} what={told.what}>
            {told.secret}
          </Command>
          {told.note}
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              I have stored it
            </Button>
          </Group>
        </Stack>
      ) : (
        children
      )}
    </Modal>
  );
}
