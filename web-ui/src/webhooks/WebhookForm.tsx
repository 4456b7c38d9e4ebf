import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Problem } from "../api/problem";
import { placeErrors } from "../look/form";
import { ProblemNotice } from "../look/ProblemNotice";
import { EventTypesField } from "./EventTypesField";
import { ALL_EVENTS } from "./eventTypes";
import { draftOf, WEBHOOKS_KEY, type Webhook, type WebhookDraft } from "./webhooks";

interface WebhookFormProps<T extends Webhook> {
  /** The webhook as it is, when it is changed rather than created. */
  webhook?: Webhook;
  save: (draft: WebhookDraft) => Promise<T>;
  onSaved: (webhook: T) => void;
  /** Puts what the webhook is by now in the place of what was typed. */
  onReadAgain?: () => void;
  onCancel: () => void;
}

const NEW: WebhookDraft = { name: "", url: "", eventTypes: ["io.bascule.task.finished"], description: "" };

export function WebhookForm<T extends Webhook>(props: WebhookFormProps<T>) {
  const { webhook, save, onSaved, onReadAgain, onCancel } = props;
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const form = useForm({ initialValues: webhook ? draftOf(webhook) : NEW });
  const saving = useMutation({
    mutationFn: save,
    // An answer may hold a signing secret, which nothing but the dialog keeps.
    gcTime: 0,
    onSuccess: (saved) => {
      onSaved(saved);
      void queries.invalidateQueries({ queryKey: [...WEBHOOKS_KEY, "list"] });
      void queries.invalidateQueries({ queryKey: [...WEBHOOKS_KEY, "one"] });
    },
    onError: (error) => setProblem(placeErrors(form, error)),
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setProblem(undefined);
        saving.mutate(sent(values));
      })}
    >
      <Stack gap="sm">
        {problem && (
          <ProblemNotice
            problem={problem}
            retry="Read it again"
            onRetry={problem.status === 412 ? onReadAgain : undefined}
          />
        )}
        <TextInput label="Name" placeholder="reports" required data-autofocus {...form.getInputProps("name")} />
        <TextInput
          label="URL"
          description="Where events are sent. Everybody in the workspace sees it: put no secret into it."
          placeholder="https://example.org/hooks"
          required
          inputMode="url"
          spellCheck={false}
          {...form.getInputProps("url")}
        />
        <EventTypesField form={form} />
        <Textarea label="Description" rows={2} maxLength={500} {...form.getInputProps("description")} />
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {webhook ? "Save changes" : "Create webhook"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Every event makes all other types needless. */
function sent({ name, url, eventTypes, description }: WebhookDraft): WebhookDraft {
  return {
    name: name.trim(),
    url: url.trim(),
    eventTypes: eventTypes.includes(ALL_EVENTS) ? [ALL_EVENTS] : eventTypes,
    description: description.trim(),
  };
}
