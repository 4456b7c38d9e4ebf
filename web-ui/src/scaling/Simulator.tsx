import { Button, Group, NumberInput, Select, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { Outcome } from "./Outcome";
import classes from "./Simulator.module.css";
import { simulate } from "./scaling";
import { LOADS, type LoadKind, type SimulatorFields, STARTING_FIELDS, wishesOf } from "./simulatorFields";

const LOAD_NAMES: Record<LoadKind, string> = { spike: "A spike", steady: "Steady", daily: "A slow wave" };

/** Replays a load against a policy, and beside it another one. */
export function Simulator({ components }: { components: string[] }) {
  const form = useForm({ initialValues: STARTING_FIELDS });
  const run = useMutation({
    mutationFn: async (fields: SimulatorFields) => ({
      fields,
      courses: await Promise.all(wishesOf(fields).map(simulate)),
    }),
  });
  const { load } = form.values;
  return (
    <Panel title="Simulator">
      <form className={classes.form} onSubmit={form.onSubmit((fields) => run.mutate(fields))}>
        <Stack gap="md">
          <Group gap="sm" align="flex-end">
            <Select
              label="Component"
              data={components}
              allowDeselect={false}
              w={200}
              {...form.getInputProps("component")}
            />
            <Select
              label="Load"
              data={LOADS.map((value) => ({ value, label: LOAD_NAMES[value] }))}
              allowDeselect={false}
              w={140}
              {...form.getInputProps("load")}
            />
            <Quantity label={load === "steady" ? "Jobs a second" : "At least a second"} name="rate" form={form} />
            {load !== "steady" && <Quantity label="At most a second" name="peak" form={form} />}
            {load === "spike" && <Quantity label="From minute" name="from" form={form} />}
            {load === "spike" && <Quantity label="To minute" name="to" form={form} />}
          </Group>
          <Group gap="sm" align="flex-end">
            <Quantity label="A job takes (s)" name="jobSeconds" form={form} least={0.001} />
            <Quantity label="A pod starts in (s)" name="startSeconds" form={form} />
            <Quantity label="For minutes" name="minutes" form={form} least={1} />
            <Quantity label="Beside it, pods at most" name="otherMaxPods" form={form} least={1} optional />
            <Button type="submit" loading={run.isPending} disabled={components.length === 0}>
              Simulate
            </Button>
          </Group>
          {run.error && <ProblemNotice problem={problemOf(run.error)} />}
          {run.data && <Outcome {...run.data} />}
        </Stack>
      </form>
    </Panel>
  );
}

interface QuantityProps {
  label: string;
  name: Exclude<keyof SimulatorFields, "component" | "load">;
  form: ReturnType<typeof useForm<SimulatorFields>>;
  least?: number;
  optional?: boolean;
}

function Quantity({ label, name, form, least = 0, optional = false }: QuantityProps) {
  return (
    <NumberInput
      label={label}
      min={least}
      required={!optional}
      withAsterisk={false}
      hideControls
      w={optional ? 170 : 130}
      {...form.getInputProps(name)}
    />
  );
}
