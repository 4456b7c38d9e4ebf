import { Button, Group, Modal, NumberInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Problem, problemOf } from "../api/problem";
import { placeErrors } from "../look/form";
import { ProblemNotice } from "../look/ProblemNotice";
import { CONCURRENCY, changeLimit, createQueue, QUEUES_KEY, type Queue, type QueueDraft, queueQuery } from "./queues";

export function CreateDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Create queue">
      <QueueForm
        save={createQueue}
        onSaved={({ name }) => {
          notifications.show({ message: `Queue ${name} created` });
          onClose();
        }}
        onCancel={onClose}
      />
    </Modal>
  );
}

export function LimitDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { data, error } = useQuery({ ...queueQuery(name), refetchOnWindowFocus: false });
  return (
    <Modal opened onClose={onClose} title={`Limit of ${name}`}>
      {error && <ProblemNotice problem={problemOf(error)} />}
      {data && (
        <QueueForm
          key={data.etag}
          queue={data.value}
          save={({ concurrencyLimit }) => changeLimit(data, concurrencyLimit)}
          onSaved={onClose}
          onCancel={onClose}
        />
      )}
    </Modal>
  );
}

interface QueueFormProps {
  /** The queue as it is, when its limit is changed. */
  queue?: Queue;
  save: (draft: QueueDraft) => Promise<Queue>;
  onSaved: (queue: Queue) => void;
  onCancel: () => void;
}

function QueueForm({ queue, save, onSaved, onCancel }: QueueFormProps) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const form = useForm({
    initialValues: { name: queue?.name ?? "", concurrencyLimit: queue?.concurrencyLimit ?? 1 },
  });
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: QUEUES_KEY });
      onSaved(saved);
    },
    onError: (error) => setProblem(placeErrors(form, error)),
  });
  return (
    <form
      onSubmit={form.onSubmit(({ name, concurrencyLimit }) => {
        setProblem(undefined);
        saving.mutate({ name: name.trim(), concurrencyLimit: Number(concurrencyLimit) });
      })}
    >
      <Stack gap="sm">
        {problem && <ProblemNotice problem={problem} />}
        {!queue && (
          <TextInput
            label="Name"
            description="What tasks name to wait here"
            placeholder="reports"
            required
            data-autofocus
            {...form.getInputProps("name")}
          />
        )}
        <NumberInput
          label="Tasks at once"
          description={`${CONCURRENCY.least} to ${CONCURRENCY.most.toLocaleString("en")}; more of them wait`}
          min={CONCURRENCY.least}
          max={CONCURRENCY.most}
          allowDecimal={false}
          required
          autoFocus={!!queue}
          data-autofocus={queue ? true : undefined}
          {...form.getInputProps("concurrencyLimit")}
        />
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {queue ? "Save limit" : "Create queue"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
