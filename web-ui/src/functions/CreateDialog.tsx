import { Input, Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Problem } from "../api/problem";
import { FormActions } from "../look/FormActions";
import { placeErrors } from "../look/form";
import { ProblemNotice } from "../look/ProblemNotice";
import { createFunction, FUNCTIONS_KEY, type Runtime } from "./functions";

interface CreateDialogProps {
  onClose: () => void;
  onCreated: (name: string) => void;
}

/** Names a function; its code is written in the editor, which has more room. */
export function CreateDialog({ onClose, onCreated }: CreateDialogProps) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const form = useForm({ initialValues: { name: "", runtime: "javascript" as Runtime } });
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
        onSubmit={form.onSubmit(({ name, runtime }) => {
          setProblem(undefined);
          creating.mutate({ name: name.trim(), runtime });
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
          <div>
            <Input.Label component="div" id="function-runtime">
              Language
            </Input.Label>
            <SegmentedControl
              fullWidth
              aria-labelledby="function-runtime"
              data={[
                { value: "javascript", label: "JavaScript or TypeScript" },
                { value: "python", label: "Python" },
              ]}
              {...form.getInputProps("runtime")}
            />
          </div>
          <FormActions onCancel={onClose} isPending={creating.isPending}>
            Create function
          </FormActions>
        </Stack>
      </form>
    </Modal>
  );
}
