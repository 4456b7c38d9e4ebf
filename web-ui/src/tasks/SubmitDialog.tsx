import { Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keysByContent } from "../api/key";
import { type Problem, problemOf } from "../api/problem";
import { CallbackField } from "../callbacks/CallbackField";
import { FormActions } from "../look/FormActions";
import { placeErrors } from "../look/form";
import { parseInput } from "../look/json";
import { ProblemNotice } from "../look/ProblemNotice";
import { TaskFields } from "./TaskFields";
import { type TaskFieldValues, taskFieldsOf, templateOf } from "./taskFields";
import { submitTask, TASKS_KEY, type Task, type TaskDraft, type TaskType, taskQuery, taskTypesQuery } from "./tasks";

interface SubmitDialogProps {
  /** The id of the task to start from. */
  like: string | undefined;
  onClose: () => void;
  onSubmitted: (task: Task) => void;
}

export function SubmitDialog({ like, onClose, onSubmitted }: SubmitDialogProps) {
  const types = useQuery(taskTypesQuery);
  const model = useQuery({ ...taskQuery(like ?? ""), enabled: !!like, refetchInterval: false });
  const error = types.error ?? model.error;
  return (
    <Modal opened onClose={onClose} title="Submit task" size="xl">
      {error && <ProblemNotice problem={problemOf(error)} />}
      {types.data && (!like || model.data) && (
        <SubmitForm types={types.data} model={model.data} onCancel={onClose} onSubmitted={onSubmitted} />
      )}
    </Modal>
  );
}

interface SubmitFormProps {
  types: TaskType[];
  model?: Task;
  onCancel: () => void;
  onSubmitted: (task: Task) => void;
}

export function SubmitForm({ types, model, onCancel, onSubmitted }: SubmitFormProps) {
  const [keyFor] = useState(keysByContent);
  const [problem, setProblem] = useState<Problem>();
  const queries = useQueryClient();
  const form = useForm({
    // How often the model may fail is not told with it.
    initialValues: { ...taskFieldsOf(types, model), concurrencyKey: model?.concurrencyKey ?? "", callback: "" },
    validate: { input: (text) => parseInput(text).error },
    validateInputOnBlur: ["input"],
  });
  const submitting = useMutation({
    mutationFn: (draft: TaskDraft) => submitTask(draft, keyFor(draft)),
    onSuccess: async (task) => {
      queries.setQueryData(taskQuery(task.id).queryKey, task);
      void queries.invalidateQueries({ queryKey: [...TASKS_KEY, "list"] });
      onSubmitted(task);
    },
    onError: (error) => setProblem(placeErrors(form, error)),
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setProblem(undefined);
        submitting.mutate(draftOf(values));
      })}
    >
      <Stack gap="sm">
        {problem && <ProblemNotice problem={problem} />}
        <TaskFields form={form} types={types} autoFocus />
        {form.values.queue !== "" && (
          <TextInput
            label="Concurrency key"
            description="Of the queue's tasks with the same key only so many run at once, one unless the queue says otherwise"
            placeholder="customer-42"
            maxLength={255}
            {...form.getInputProps("concurrencyKey")}
          />
        )}
        <CallbackField form={form} problem={problem} />
        <FormActions onCancel={onCancel} isPending={submitting.isPending}>
          Submit task
        </FormActions>
      </Stack>
    </form>
  );
}

function draftOf(fields: TaskFieldValues & { concurrencyKey: string; callback: string }): TaskDraft {
  const { maxFailures, queue, concurrencyKey } = fields;
  const callback = fields.callback.trim();
  return {
    ...templateOf(fields),
    ...(queue && concurrencyKey ? { concurrencyKey } : {}),
    ...(callback ? { callback: { url: callback } } : {}),
    ...(maxFailures > 1 ? { retry: { maxFailures: Number(maxFailures) } } : {}),
  };
}
