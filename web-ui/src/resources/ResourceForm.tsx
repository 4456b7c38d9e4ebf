import { Autocomplete, Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { agentNames } from "../agents/agents";
import type { Problem } from "../api/problem";
import { placeErrors } from "../look/form";
import { LabelsInput, toLabels, toPairs, wrongPair } from "../look/Labels";
import { ProblemNotice } from "../look/ProblemNotice";
import { RESOURCE_KINDS, RESOURCES_KEY, type Resource, type ResourceDraft, USUAL_PORTS } from "./resources";

interface ResourceFormProps {
  /** The resource as it is, when it is changed rather than created. */
  resource?: Resource;
  save: (draft: ResourceDraft) => Promise<Resource>;
  onSaved: (resource: Resource) => void;
  onCancel: () => void;
}

export function ResourceForm({ resource, save, onSaved, onCancel }: ResourceFormProps) {
  const queries = useQueryClient();
  const agents = useQuery(agentNames);
  const [problem, setProblem] = useState<Problem>();
  const form = useForm({ initialValues: fieldsOf(resource), validate: { labels: wrongPair } });
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: RESOURCES_KEY });
      onSaved(saved);
    },
    onError: (error) => setProblem(placeErrors(form, error)),
  });
  const chooseKind = (kind: ResourceDraft["kind"]) => {
    const untouched = form.values.port === "" || form.values.port === USUAL_PORTS[form.values.kind];
    form.setValues({ kind, ...(untouched ? { port: USUAL_PORTS[kind] ?? "" } : {}) });
  };
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setProblem(undefined);
        saving.mutate({ ...values, port: Number(values.port), labels: toLabels(values.labels) });
      })}
    >
      <Stack gap="sm">
        {problem && <ProblemNotice problem={problem} />}
        <TextInput
          label="Name"
          description="What people type: bascule tcp NAME"
          placeholder="orders-db"
          required
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Group grow align="flex-start">
          <Select
            label="Kind"
            data={[...RESOURCE_KINDS]}
            allowDeselect={false}
            required
            value={form.values.kind}
            error={form.errors.kind}
            onChange={(kind) => kind && chooseKind(kind)}
          />
          <Autocomplete
            label="Agent"
            placeholder={agents.data?.[0] ?? "agent's name"}
            data={agents.data ?? []}
            required
            {...form.getInputProps("agent")}
          />
        </Group>
        <Group grow align="flex-start">
          <TextInput
            label="Host"
            description="As the agent sees it"
            placeholder="10.0.4.12"
            required
            {...form.getInputProps("host")}
          />
          <NumberInput
            label="Port"
            description="1 to 65535"
            min={1}
            max={65535}
            allowDecimal={false}
            hideControls
            required
            {...form.getInputProps("port")}
          />
        </Group>
        <LabelsInput
          value={form.values.labels}
          onChange={(labels) => form.setFieldValue("labels", labels)}
          error={form.errors.labels as string | undefined}
        />
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {resource ? "Save changes" : "Add resource"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function fieldsOf(resource: Resource | undefined) {
  return {
    name: resource?.name ?? "",
    kind: resource?.kind ?? ("tcp" as ResourceDraft["kind"]),
    agent: resource?.agent.name ?? "",
    host: resource?.host ?? "",
    port: (resource?.port ?? "") as number | "",
    labels: toPairs(resource?.labels ?? {}),
  };
}
