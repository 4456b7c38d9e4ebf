import { Modal, NumberInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Versioned } from "../api/call";
import { problemOf } from "../api/problem";
import { BothVersions } from "../look/BothVersions";
import { useEdited } from "../look/edited";
import { FormActions } from "../look/FormActions";
import { ProblemNotice } from "../look/ProblemNotice";
import {
  CONCURRENCY,
  changeLimits,
  createQueue,
  editedQueueQuery,
  QUEUES_KEY,
  type Queue,
  type QueueDraft,
  readQueue,
} from "./queues";

export function CreateDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Create queue">
      <QueueForm
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
  const { data, error } = useQuery(editedQueueQuery(name));
  return (
    <Modal opened onClose={onClose} title={`Limits of ${name}`}>
      {error && <ProblemNotice problem={problemOf(error)} />}
      {data && <QueueForm queue={data} onSaved={onClose} onCancel={onClose} />}
    </Modal>
  );
}

interface QueueFormProps {
  /** The queue as it is, when its limit is changed. */
  queue?: Versioned<Queue>;
  onSaved: (queue: Queue) => void;
  onCancel: () => void;
}

const NAMES = { concurrencyLimit: "Tasks at once", keyLimit: "Of each concurrency key" };

function QueueForm({ queue, onSaved, onCancel }: QueueFormProps) {
  const queries = useQueryClient();
  const form = useForm({ initialValues: fieldsOf(queue?.value) });
  const edited = useEdited({ begun: queue, form, fieldsOf, readTheirs: ({ name }) => readQueue(name) });
  const saving = useMutation({
    mutationFn: (draft: QueueDraft) => (edited.base ? changeLimits(edited.base, draft) : createQueue(draft)),
    onMutate: edited.onMutate,
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: QUEUES_KEY });
      onSaved(saved);
    },
    onError: edited.onError,
  });
  return (
    <form
      onSubmit={form.onSubmit(({ name, concurrencyLimit, keyLimit }) => {
        saving.mutate({
          name: name.trim(),
          concurrencyLimit: Number(concurrencyLimit),
          keyLimit: Number(keyLimit),
        });
      })}
    >
      <Stack gap="sm">
        {edited.problem && <ProblemNotice problem={edited.problem} />}
        <BothVersions edited={edited} names={NAMES} isSaving={saving.isPending} />
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
        <NumberInput
          label="Of each concurrency key"
          description="So many tasks at once that were submitted with the same key"
          min={CONCURRENCY.least}
          max={CONCURRENCY.most}
          allowDecimal={false}
          required
          {...form.getInputProps("keyLimit")}
        />
        <FormActions onCancel={onCancel} isPending={saving.isPending} isReady={!edited.theirs}>
          {queue ? "Save limits" : "Create queue"}
        </FormActions>
      </Stack>
    </form>
  );
}

function fieldsOf(queue: Queue | undefined): QueueDraft {
  const { name = "", concurrencyLimit = 1, keyLimit = 1 } = queue ?? {};
  return { name, concurrencyLimit, keyLimit };
}
