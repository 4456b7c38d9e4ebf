import { Group, Input, NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { UNITS } from "./interval";
import type { ScheduleFields } from "./scheduleFields";

/** When a schedule runs: at an interval, or by a cron expression in a time zone. */
export function TimesFields({ form }: { form: UseFormReturnType<ScheduleFields> }) {
  return (
    <>
      <div>
        <Input.Label component="div" id="times-kind">
          When
        </Input.Label>
        <SegmentedControl
          fullWidth
          aria-labelledby="times-kind"
          data={[
            { value: "every", label: "At an interval" },
            { value: "cron", label: "At times of the day (cron)" },
          ]}
          {...form.getInputProps("kind")}
        />
      </div>
      {form.values.kind === "every" ? <IntervalFields form={form} /> : <CronFields form={form} />}
    </>
  );
}

function IntervalFields({ form }: { form: UseFormReturnType<ScheduleFields> }) {
  const { error: refused } = form.getInputProps("every");
  const { error, ...amount } = form.getInputProps("amount");
  return (
    <Group grow align="flex-start">
      <NumberInput label="Every" min={1} allowDecimal={false} required {...amount} error={error ?? refused} />
      <Select label="Unit" data={[...UNITS]} allowDeselect={false} {...form.getInputProps("unit")} />
    </Group>
  );
}

function CronFields({ form }: { form: UseFormReturnType<ScheduleFields> }) {
  return (
    <Group grow align="flex-start">
      <TextInput
        label="Cron expression"
        description="minute, hour, day, month, day of week"
        placeholder="0 9 * * MON-FRI"
        required
        spellCheck={false}
        {...form.getInputProps("cron")}
      />
      <Select
        label="Time zone"
        description="Whose clock it means"
        data={zones(form.values.zone)}
        searchable
        limit={50}
        allowDeselect={false}
        {...form.getInputProps("zone")}
      />
    </Group>
  );
}

/** All zones that the browser knows, UTC first, and the present one whatever it is. */
function zones(present: string): string[] {
  return [...new Set(["UTC", present, ...Intl.supportedValuesOf("timeZone")])];
}
