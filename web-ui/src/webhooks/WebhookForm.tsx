import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Versioned } from "../api/call";
import type { Problem } from "../api/problem";
import { BothVersions } from "../look/BothVersions";
import { useEdited } from "../look/edited";
import { placeErrors } from "../look/form";
import { ProblemNotice } from "../look/ProblemNotice";
import { EventTypesField } from "./EventTypesField";
import { ALL_EVENTS } from "./eventTypes";
import { draftOf, readWebhook, WEBHOOKS_KEY, type Webhook, type WebhookDraft } from "./webhooks";

interface WebhookFormProps<T extends Webhook> {
  /** The webhook as it is, when it is changed rather than created. */
  webhook?: Versioned<Webhook>;
  /** @param base the version that is replaced, if there is one */
  save: (draft: WebhookDraft, base: Versioned<Webhook> | undefined) => Promise<T>;
  onSaved: (webhook: T) => void;
  onCancel: () => void;
}

const NEW: WebhookDraft = { name: "", url: "", eventTypes: ["io.bascule.task.finished"], description: "" };

const NAMES = { name: "Name", url: "URL", eventTypes: "Events", description: "Description" };

export function WebhookForm<T extends Webhook>(props: WebhookFormProps<T>) {
  const { webhook, save, onSaved, onCancel } = props;
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const edited = useEdited(webhook, () => readWebhook(webhook?.value.id ?? ""));
  const form = useForm({ initialValues: webhook ? draftOf(webhook.value) : NEW });
  const saving = useMutation({
    mutationFn: (draft: WebhookDraft) => save(draft, edited.base),
    // An answer may hold a signing secret, which nothing but the dialog keeps.
    gcTime: 0,
    onSuccess: (saved) => {
      onSaved(saved);
      void queries.invalidateQueries({ queryKey: [...WEBHOOKS_KEY, "list"] });
      void queries.invalidateQueries({ queryKey: [...WEBHOOKS_KEY, "one"] });
    },
    onError: async (error) => {
      setProblem((await edited.isOutdated(error)) ? undefined : placeErrors(form, error));
    },
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setProblem(undefined);
        saving.mutate(sent(values));
      })}
    >
      <Stack gap="sm">
        {problem && <ProblemNotice problem={problem} />}
        {edited.theirs && (
          <BothVersions
            mine={form.values}
            theirs={draftOf(edited.theirs.value)}
            names={NAMES}
            onTakeTheirs={() => {
              form.setValues(draftOf(edited.theirs?.value ?? form.values));
              edited.tookTheirs();
            }}
            isSaving={saving.isPending}
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
          <Button type="submit" loading={saving.isPending} disabled={!!edited.theirs}>
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
