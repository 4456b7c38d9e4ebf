import { Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Versioned } from "../api/call";
import type { Problem } from "../api/problem";
import { BothVersions } from "../look/BothVersions";
import { useEdited } from "../look/edited";
import { placeErrors } from "../look/form";
import { parseInput } from "../look/json";
import { ProblemNotice } from "../look/ProblemNotice";
import { TaskFields } from "../tasks/TaskFields";
import type { TaskType } from "../tasks/tasks";
import { draftOf, FIELD_NAMES, fieldsOf } from "./scheduleFields";
import { readSchedule, SCHEDULES_KEY, type Schedule, type ScheduleDraft } from "./schedules";
import { TimesFields } from "./TimesFields";

interface ScheduleFormProps {
  /** The schedule as it is, when it is changed rather than created. */
  schedule?: Versioned<Schedule>;
  types: TaskType[];
  /** @param base the version that is replaced, if there is one */
  save: (draft: ScheduleDraft, base: Versioned<Schedule> | undefined) => Promise<Schedule>;
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
  const edited = useEdited(schedule, () => readSchedule(schedule?.value.id ?? ""));
  const form = useForm({
    initialValues: fieldsOf(schedule?.value, types),
    validate: { input: (text) => parseInput(text).error },
    validateInputOnBlur: ["input"],
  });
  const saving = useMutation({
    mutationFn: (draft: ScheduleDraft) => save(draft, edited.base),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: SCHEDULES_KEY });
      onSaved(saved);
    },
    onError: async (error) => {
      // The form has the parts of /when and /task beside its own.
      const rename = (pointer: string) => pointer.replace(/^\/(when|task)(?=\/)/, "");
      setProblem((await edited.isOutdated(error)) ? undefined : placeErrors(form, error, rename));
    },
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setProblem(undefined);
        saving.mutate(draftOf(values, edited.base?.value));
      })}
    >
      <Stack gap="sm">
        {problem && <ProblemNotice problem={problem} />}
        {edited.theirs && (
          <BothVersions
            mine={form.values}
            theirs={fieldsOf(edited.theirs.value, types)}
            names={FIELD_NAMES}
            onTakeTheirs={() => {
              form.setValues(fieldsOf(edited.theirs?.value, types));
              edited.tookTheirs();
            }}
            isSaving={saving.isPending}
          />
        )}
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
          <Button type="submit" loading={saving.isPending} disabled={!!edited.theirs}>
            {schedule ? "Save changes" : "Create schedule"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
