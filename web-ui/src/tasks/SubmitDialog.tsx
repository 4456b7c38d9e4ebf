import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keysByContent } from "../api/key";
import { type Problem, problemOf } from "../api/problem";
import { placeErrors } from "../look/form";
import { JsonInput } from "../look/JsonInput";
import { parseInput, writeInput } from "../look/json";
import { ProblemNotice } from "../look/ProblemNotice";
import { InputHint } from "./InputHint";
import classes from "./SubmitDialog.module.css";
import { exampleOf } from "./schema";
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
  const first = model?.type ?? types[0]?.type ?? "";
  const form = useForm({
    initialValues: {
      type: first,
      input: writeInput(model ? model.input : exampleOf(schemaOf(types, first))),
      queue: model?.queue ?? "",
      priority: model?.priority ?? 0,
      maxFailures: 1,
    },
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
  const chosen = types.find(({ type }) => type === form.values.type);
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setProblem(undefined);
        submitting.mutate(draftOf(values));
      })}
    >
      <Stack gap="sm">
        {problem && <ProblemNotice problem={problem} />}
        <Select
          label="Type"
          description={chosen?.description}
          data={types.map(({ type }) => type)}
          allowDeselect={false}
          required
          data-autofocus
          autoFocus
          {...form.getInputProps("type")}
          onChange={(type) => type && form.setValues({ type, input: writeInput(exampleOf(schemaOf(types, type))) })}
        />
        <div className={classes.editor}>
          <JsonInput label="Input" description="JSON" rows={10} {...form.getInputProps("input")} />
          <InputHint schema={chosen?.inputSchema} />
        </div>
        <Group grow align="flex-start">
          {chosen?.lanes.includes("queued") && (
            <TextInput
              label="Queue"
              description="Empty: run at once"
              placeholder="default"
              {...form.getInputProps("queue")}
            />
          )}
          <NumberInput
            label="Priority"
            description="Higher runs earlier"
            allowDecimal={false}
            {...form.getInputProps("priority")}
          />
          <NumberInput
            label="Failures allowed"
            description="Retried until then"
            min={1}
            allowDecimal={false}
            {...form.getInputProps("maxFailures")}
          />
        </Group>
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={submitting.isPending}>
            Submit task
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface Fields {
  type: string;
  input: string;
  queue: string;
  priority: number;
  maxFailures: number;
}

/** What is said about the task; what is left as it is usual is not said. */
function draftOf({ type, input, queue, priority, maxFailures }: Fields): TaskDraft {
  return {
    type,
    input: parseInput(input).value,
    ...(queue ? { queue } : {}),
    ...(priority ? { priority } : {}),
    ...(maxFailures > 1 ? { retry: { maxFailures } } : {}),
  };
}

function schemaOf(types: TaskType[], type: string) {
  return types.find((one) => one.type === type)?.inputSchema;
}
