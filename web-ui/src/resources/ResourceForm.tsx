import { Autocomplete, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { agentNames } from "../agents/agents";
import type { Versioned } from "../api/call";
import { BothVersions } from "../look/BothVersions";
import { useEdited } from "../look/edited";
import { FormActions } from "../look/FormActions";
import { LabelsInput, toLabels, toPairs, wrongPair } from "../look/Labels";
import { ProblemNotice } from "../look/ProblemNotice";
import {
  changeResource,
  createResource,
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
  onSaved: (resource: Resource) => void;
  onCancel: () => void;
}

const NAMES = { name: "Name", kind: "Kind", agent: "Agent", host: "Host", port: "Port", labels: "Labels" };

export function ResourceForm({ resource, onSaved, onCancel }: ResourceFormProps) {
  const queries = useQueryClient();
  const agents = useQuery(agentNames);
  const form = useForm({ initialValues: fieldsOf(resource?.value), validate: { labels: wrongPair } });
  const edited = useEdited({ begun: resource, form, fieldsOf, readTheirs: ({ id }) => readResource(id) });
  const saving = useMutation({
    mutationFn: (draft: ResourceDraft) => (edited.base ? changeResource(edited.base, draft) : createResource(draft)),
    onMutate: edited.onMutate,
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: RESOURCES_KEY });
      onSaved(saved);
    },
    onError: edited.onError,
  });
  const chooseKind = (kind: ResourceDraft["kind"]) => {
    const untouched = form.values.port === "" || form.values.port === USUAL_PORTS[form.values.kind];
    form.setValues({ kind, ...(untouched ? { port: USUAL_PORTS[kind] ?? "" } : {}) });
  };
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        saving.mutate({ ...values, port: Number(values.port), labels: toLabels(values.labels) });
      })}
    >
      <Stack gap="sm">
        {edited.problem && <ProblemNotice problem={edited.problem} />}
        <BothVersions edited={edited} names={NAMES} isSaving={saving.isPending} />
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
        <FormActions onCancel={onCancel} isPending={saving.isPending} isReady={!edited.theirs}>
          {resource ? "Save changes" : "Add resource"}
        </FormActions>
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
