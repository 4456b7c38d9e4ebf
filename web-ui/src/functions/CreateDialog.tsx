import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Problem } from "../api/problem";
import { placeErrors } from "../look/form";
import { ProblemNotice } from "../look/ProblemNotice";
import { createFunction, FUNCTIONS_KEY } from "./functions";

interface CreateDialogProps {
  onClose: () => void;
  onCreated: (name: string) => void;
}

/** Names a function; its code is written in the editor, which has more room. */
export function CreateDialog({ onClose, onCreated }: CreateDialogProps) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const form = useForm({ initialValues: { name: "" } });
  const creating = useMutation({
    mutationFn: createFunction,
    onSuccess: async ({ name }) => {
      void queries.invalidateQueries({ queryKey: FUNCTIONS_KEY });
      onCreated(name);
    },
    onError: (error) => setProblem(placeErrors(form, error)),
  });
  return (
    <Modal opened onClose={onClose} title="Create function">
      <form
        onSubmit={form.onSubmit(({ name }) => {
          setProblem(undefined);
          creating.mutate(name.trim());
        })}
      >
        <Stack gap="sm">
          {problem && <ProblemNotice problem={problem} />}
          <TextInput
            label="Name"
            description="What tasks call it. It starts with a small example that you change next."
            placeholder="resize-image"
            required
            data-autofocus
            {...form.getInputProps("name")}
          />
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creating.isPending}>
              Create function
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
