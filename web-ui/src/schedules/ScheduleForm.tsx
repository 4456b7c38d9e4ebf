import { Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Problem } from "../api/problem";
import { placeErrors } from "../look/form";
import { parseInput } from "../look/json";
import { ProblemNotice } from "../look/ProblemNotice";
import { TaskFields } from "../tasks/TaskFields";
import type { TaskType } from "../tasks/tasks";
import { draftOf, fieldsOf } from "./scheduleFields";
import { SCHEDULES_KEY, type Schedule, type ScheduleDraft } from "./schedules";
import { TimesFields } from "./TimesFields";

interface ScheduleFormProps {
  /** The schedule as it is, when it is changed rather than created. */
  schedule?: Schedule;
  types: TaskType[];
  save: (draft: ScheduleDraft) => Promise<Schedule>;
  onSaved: (schedule: Schedule) => void;
  onCancel: () => void;
}

const MISSED = [
  { value: "skip", label: "are left out" },
  { value: "once", label: "run once, together" },
  { value: "all", label: "all run" },
];

export function ScheduleForm({ schedule, types, save, onSaved, onCancel }: ScheduleFormProps) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const form = useForm({
    initialValues: fieldsOf(schedule, types),
    validate: { input: (text) => parseInput(text).error },
    validateInputOnBlur: ["input"],
  });
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: SCHEDULES_KEY });
      onSaved(saved);
    },
    // The form has the parts of /when and /task beside its own.
    onError: (error) => setProblem(placeErrors(form, error, (pointer) => pointer.replace(/^\/(when|task)(?=\/)/, ""))),
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setProblem(undefined);
        saving.mutate(draftOf(values, schedule));
      })}
    >
      <Stack gap="sm">
        {problem && <ProblemNotice problem={problem} />}
        <TextInput
          label="Name"
          placeholder="nightly-report"
          required
          autoFocus
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TimesFields form={form} />
        <Group grow align="flex-start">
          <NumberInput
            label="Spread (s)"
            description="Each run is put off by up to this"
            min={0}
            max={86_400}
            allowDecimal={false}
            {...form.getInputProps("jitterSeconds")}
          />
          <Select
            label="Missed runs"
            description="Whose time came during an outage"
            data={MISSED}
            allowDeselect={false}
            {...form.getInputProps("missedRuns")}
          />
        </Group>
        <TaskFields form={form} types={types} rows={6} />
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {schedule ? "Save changes" : "Create schedule"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
