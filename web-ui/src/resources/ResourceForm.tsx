import { Autocomplete, Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { agentNames } from "../agents/agents";
import type { Versioned } from "../api/call";
import type { Problem } from "../api/problem";
import { BothVersions } from "../look/BothVersions";
import { useEdited } from "../look/edited";
import { placeErrors } from "../look/form";
import { LabelsInput, toLabels, toPairs, wrongPair } from "../look/Labels";
import { ProblemNotice } from "../look/ProblemNotice";
import {
  RESOURCE_KINDS,
  RESOURCES_KEY,
  type Resource,
  type ResourceDraft,
  readResource,
  USUAL_PORTS,
} from "./resources";

interface ResourceFormProps {
  /** The resource as it is, when it is changed rather than created. */
  resource?: Versioned<Resource>;
  /** @param base the version that is replaced, if there is one */
  save: (draft: ResourceDraft, base: Versioned<Resource> | undefined) => Promise<Resource>;
  onSaved: (resource: Resource) => void;
  onCancel: () => void;
}

const NAMES = { name: "Name", kind: "Kind", agent: "Agent", host: "Host", port: "Port", labels: "Labels" };

export function ResourceForm({ resource, save, onSaved, onCancel }: ResourceFormProps) {
  const queries = useQueryClient();
  const agents = useQuery(agentNames);
  const [problem, setProblem] = useState<Problem>();
  const edited = useEdited(resource, () => readResource(resource?.value.id ?? ""));
  const form = useForm({ initialValues: fieldsOf(resource?.value), validate: { labels: wrongPair } });
  const saving = useMutation({
    mutationFn: (draft: ResourceDraft) => save(draft, edited.base),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: RESOURCES_KEY });
      onSaved(saved);
    },
    onError: async (error) => {
      setProblem((await edited.isOutdated(error)) ? undefined : placeErrors(form, error));
    },
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
        {edited.theirs && (
          <BothVersions
            mine={form.values}
            theirs={fieldsOf(edited.theirs.value)}
            names={NAMES}
            onTakeTheirs={() => {
              form.setValues(fieldsOf(edited.theirs?.value));
              edited.tookTheirs();
            }}
            isSaving={saving.isPending}
          />
        )}
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
          <Button type="submit" loading={saving.isPending} disabled={!!edited.theirs}>
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
