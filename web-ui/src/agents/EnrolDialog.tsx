import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Problem } from "../api/problem";
import { problemOf } from "../api/problem";
import { FormActions } from "../look/FormActions";
import { placeErrors } from "../look/form";
import { LabelsInput, toLabels, wrongPair } from "../look/Labels";
import { ProblemNotice } from "../look/ProblemNotice";
import { AGENTS_KEY, createAgent, createJoinToken } from "./agents";
import { JoinStep } from "./JoinStep";

interface EnrolDialogProps {
  /** The agent that gets another instance or another try; without one the person names a new agent first. */
  name: string | undefined;
  onNamed: (name: string) => void;
  onClose: () => void;
}

/** From nothing to an agent that is online: name it, start it somewhere, see it come. */
export function EnrolDialog({ name, onNamed, onClose }: EnrolDialogProps) {
  const queries = useQueryClient();
  const joining = useMutation({ mutationFn: createJoinToken });
  const created = async (agent: string) => {
    onNamed(agent);
    await joining.mutateAsync(agent).catch(() => undefined);
    await queries.invalidateQueries({ queryKey: AGENTS_KEY });
  };
  return (
    <Modal opened onClose={onClose} title={name ? `Start agent ${name}` : "Enrol an agent"} size="lg">
      <Stack gap="md">
        {joining.error && <ProblemNotice problem={problemOf(joining.error)} />}
        {!name && <NameStep onCreated={created} onCancel={onClose} />}
        {name && joining.data && <JoinStep name={name} token={joining.data} onClose={onClose} />}
        {name && !joining.data && (
          <>
            <span>
              A join token lets one program join as <strong>{name}</strong>, once, within an hour. Agents that run
              already are not touched.
            </span>
            <Group justify="flex-end">
              <Button loading={joining.isPending} onClick={() => joining.mutate(name)} data-autofocus>
                Create join token
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
}

function NameStep({ onCreated, onCancel }: { onCreated: (name: string) => Promise<void>; onCancel: () => void }) {
  const [problem, setProblem] = useState<Problem>();
  const form = useForm({ initialValues: { name: "", labels: [] as string[] }, validate: { labels: wrongPair } });
  const creating = useMutation({
    mutationFn: createAgent,
    onSuccess: ({ name }) => onCreated(name),
    onError: (error) => setProblem(placeErrors(form, error)),
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setProblem(undefined);
        creating.mutate({ name: values.name, labels: toLabels(values.labels) });
      })}
    >
      <Stack gap="sm">
        {problem && <ProblemNotice problem={problem} />}
        <TextInput
          label="Name"
          description="The location it runs at, for example. It dials out; nothing has to be opened for it."
          placeholder="berlin-office"
          required
          data-autofocus
          {...form.getInputProps("name")}
        />
        <LabelsInput
          value={form.values.labels}
          onChange={(labels) => form.setFieldValue("labels", labels)}
          error={form.errors.labels as string | undefined}
        />
        <FormActions onCancel={onCancel} isPending={creating.isPending}>
          Continue
        </FormActions>
      </Stack>
    </form>
  );
}
