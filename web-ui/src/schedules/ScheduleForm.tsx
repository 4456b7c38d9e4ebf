import { Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Versioned } from "../api/call";
import { CallbackField } from "../callbacks/CallbackField";
import { BothVersions } from "../look/BothVersions";
import { useEdited } from "../look/edited";
import { FormActions } from "../look/FormActions";
import { parseInput } from "../look/json";
import { ProblemNotice } from "../look/ProblemNotice";
import { TaskFields } from "../tasks/TaskFields";
import type { TaskType } from "../tasks/tasks";
import { draftOf, FIELD_NAMES, fieldsOf } from "./scheduleFields";
import {
  changeSchedule,
  createSchedule,
  readSchedule,
  SCHEDULES_KEY,
  type Schedule,
  type ScheduleDraft,
} from "./schedules";
import { TimesFields } from "./TimesFields";

interface ScheduleFormProps {
  /** The schedule as it is, when it is changed rather than created. */
  schedule?: Versioned<Schedule>;
  types: TaskType[];
  onSaved: (schedule: Schedule) => void;
  onCancel: () => void;
}

const MISSED = [
  { value: "skip", label: "are left out" },
  { value: "once", label: "run once, together" },
  { value: "all", label: "all run" },
];

export function ScheduleForm({ schedule, types, onSaved, onCancel }: ScheduleFormProps) {
  const queries = useQueryClient();
  const form = useForm({
    initialValues: fieldsOf(schedule?.value, types),
    validate: { input: (text) => parseInput(text).error },
    validateInputOnBlur: ["input"],
  });
  const edited = useEdited({
    begun: schedule,
    form,
    fieldsOf: (value) => fieldsOf(value, types),
    readTheirs: ({ id }) => readSchedule(id),
    // The form has the parts of /when and /task beside its own.
    rename: (pointer) => pointer.replace(/^\/(when|task)(?=\/)/, ""),
  });
  const saving = useMutation({
    mutationFn: (draft: ScheduleDraft) => (edited.base ? changeSchedule(edited.base, draft) : createSchedule(draft)),
    onMutate: edited.onMutate,
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: SCHEDULES_KEY });
      onSaved(saved);
    },
    onError: edited.onError,
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        saving.mutate(draftOf(values, edited.base?.value));
      })}
    >
      <Stack gap="sm">
        {edited.problem && <ProblemNotice problem={edited.problem} />}
        <BothVersions edited={edited} names={FIELD_NAMES} isSaving={saving.isPending} />
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
        <CallbackField form={form} problem={edited.problem} />
        <FormActions onCancel={onCancel} isPending={saving.isPending} isReady={!edited.theirs}>
          {schedule ? "Save changes" : "Create schedule"}
        </FormActions>
      </Stack>
    </form>
  );
}
