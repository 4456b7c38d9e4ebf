import { Button, FileButton, Group, Select, Stack } from "@mantine/core";
import { useRef, useState } from "react";
import { bytes } from "../look/bytes";
import { Command } from "../look/Copyable";
import { FilterChip } from "../look/FilterChip";
import { JsonInput } from "../look/JsonInput";
import { Quantity, type SimulatorForm } from "./Quantity";
import classes from "./Simulator.module.css";
import { questionFor, SOURCES } from "./simulatorFields";

/** As much as the platform takes. */
const LARGEST_BYTES = 2_000_000;

interface RecordedFieldsProps {
  form: SimulatorForm;
  /** What a Prometheus is asked for this component; none where no series tells. */
  query: string | null | undefined;
}

/** Where a load that was recorded comes from: a file, what is pasted, or the platform's own Prometheus. */
export function RecordedFields({ form, query }: RecordedFieldsProps) {
  const [file, setFile] = useState<{ name: string; size: number }>();
  const [refusal, setRefusal] = useState<string>();
  const reset = useRef<() => void>(null);
  const take = async (chosen: File | null) => {
    if (!chosen) {
      return;
    }
    // A browser tells of no change when the same file is chosen again, as after it was taken away or mended.
    reset.current?.();
    if (chosen.size > LARGEST_BYTES) {
      setRefusal(
        `${chosen.name} has ${bytes(chosen.size)}; ${bytes(LARGEST_BYTES)} are taken at most. Ask with a larger step.`,
      );
      return;
    }
    try {
      form.setFieldValue("recorded", await chosen.text());
    } catch {
      setRefusal(`${chosen.name} cannot be read: it may have been moved or changed since. Choose it again.`);
      return;
    }
    setFile({ name: chosen.name, size: chosen.size });
    setRefusal(undefined);
  };
  const forget = () => {
    form.setFieldValue("recorded", "");
    setFile(undefined);
    setRefusal(undefined);
  };
  const isAsked = form.values.source === "Prometheus";
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <Select
          label="Recorded by"
          data={[
            { value: SOURCES[0], label: "Any Prometheus: a file, or pasted" },
            { value: SOURCES[1], label: "This platform’s Prometheus" },
          ]}
          allowDeselect={false}
          w={270}
          {...form.getInputProps("source")}
        />
        {isAsked && <Quantity label="The last minutes" name="lastMinutes" form={form} least={1} />}
        {!isAsked && (
          <FileButton onChange={take} resetRef={reset} accept=".json,.csv,.txt,application/json,text/csv,text/plain">
            {(props) => (
              <Button variant="default" {...props}>
                Choose a file…
              </Button>
            )}
          </FileButton>
        )}
        {!isAsked && file && <FilterChip onRemove={forget}>{`${file.name}, ${bytes(file.size)}`}</FilterChip>}
      </Group>
      {refusal && (
        <p role="alert" className={classes.refusal}>
          {refusal}
        </p>
      )}
      {!isAsked && !file && (
        <JsonInput
          label="What Prometheus answered to query_range, or lines SECOND,JOBS_PER_SECOND"
          rows={4}
          {...form.getInputProps("recorded")}
        />
      )}
      {!isAsked && query && <Command purpose="To ask a Prometheus for it">{questionFor(query)}</Command>}
      {!query && <p className={classes.note}>No series of the platform tells what comes to this component.</p>}
    </Stack>
  );
}
