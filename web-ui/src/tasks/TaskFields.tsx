import { Autocomplete, Group, NumberInput, Select } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { JsonInput } from "../look/JsonInput";
import { queueNames } from "../queues/queues";
import { InputHint } from "./InputHint";
import classes from "./TaskFields.module.css";
import { exampleInput, type TaskFieldValues } from "./taskFields";
import type { TaskType } from "./tasks";

interface TaskFieldsProps<T extends TaskFieldValues> {
  form: UseFormReturnType<T>;
  types: TaskType[];
  autoFocus?: boolean;
  /** Lines of the input that are in sight. */
  rows?: number;
}

/** The part of a form that says what a task is. */
export function TaskFields<T extends TaskFieldValues>({ form, types, autoFocus, rows = 10 }: TaskFieldsProps<T>) {
  const queues = useQuery(queueNames);
  const chosen = types.find(({ type }) => type === form.values.type);
  const choose = (type: string) => {
    const change: Partial<TaskFieldValues> = { type, input: exampleInput(types, type) };
    form.setValues(change as Partial<T>);
  };
  return (
    <>
      <Select
        label="Task type"
        description={chosen?.description}
        data={types.map(({ type }) => type)}
        allowDeselect={false}
        required
        data-autofocus={autoFocus || undefined}
        autoFocus={autoFocus}
        {...form.getInputProps("type")}
        onChange={(type) => type && choose(type)}
      />
      <div className={classes.editor}>
        <JsonInput label="Input" description="JSON" rows={rows} {...form.getInputProps("input")} />
        <InputHint schema={chosen?.inputSchema} />
      </div>
      <Group grow align="flex-start">
        {chosen?.lanes.includes("queued") && (
          <Autocomplete
            label="Queue"
            description="Empty: run at once"
            placeholder="default"
            data={queues.data ?? []}
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
    </>
  );
}
