import { Button, Group, Select, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { Panel } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { Outcome } from "./Outcome";
import { Quantity } from "./Quantity";
import { RecordedFields } from "./RecordedFields";
import classes from "./Simulator.module.css";
import { type Policy, recordedLoad, simulate } from "./scaling";
import { LOADS, type LoadKind, type SimulatorFields, STARTING_FIELDS, wishesOf } from "./simulatorFields";

const LOAD_NAMES: Record<LoadKind, string> = {
  spike: "A spike",
  steady: "Steady",
  daily: "A slow wave",
  recorded: "Recorded",
};

/** Replays a load against a policy, and beside it another one. */
export function Simulator({ policies }: { policies: Policy[] }) {
  const form = useForm({ initialValues: STARTING_FIELDS });
  const run = useMutation({ mutationFn: replay });
  const { load, component } = form.values;
  const isRecorded = load === "recorded";
  return (
    <Panel title="Simulator">
      <form className={classes.form} onSubmit={form.onSubmit((fields) => run.mutate(fields))}>
        <Stack gap="md">
          <Group gap="sm" align="flex-end">
            <Select
              label="Component"
              data={policies.map((policy) => policy.component)}
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
            {!isRecorded && (
              <Quantity label={load === "steady" ? "Jobs a second" : "At least a second"} name="rate" form={form} />
            )}
            {!isRecorded && load !== "steady" && <Quantity label="At most a second" name="peak" form={form} />}
            {load === "spike" && <Quantity label="From minute" name="from" form={form} />}
            {load === "spike" && <Quantity label="To minute" name="to" form={form} />}
          </Group>
          {isRecorded && (
            <RecordedFields form={form} query={policies.find((policy) => policy.component === component)?.arrivals} />
          )}
          <Group gap="sm" align="flex-end">
            <Quantity label="A job takes (s)" name="jobSeconds" form={form} least={0.001} />
            <Quantity label="A pod starts in (s)" name="startSeconds" form={form} />
            {!isRecorded && <Quantity label="For minutes" name="minutes" form={form} least={1} />}
            <Quantity label="Beside it, pods at most" name="otherMaxPods" form={form} least={1} optional />
            <Button type="submit" loading={run.isPending} disabled={policies.length === 0}>
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

/** Both policies are shown the same load: what was recorded is asked for once. */
async function replay(fields: SimulatorFields) {
  const { load, source, component, lastMinutes } = fields;
  const asks = load === "recorded" && source === "Prometheus";
  const recorded = asks ? await recordedLoad(component, lastMinutes) : fields.recorded;
  return { fields, courses: await Promise.all(wishesOf(fields, recorded).map(simulate)) };
}
