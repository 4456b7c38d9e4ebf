import { Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Versioned } from "../api/call";
import { BothVersions } from "../look/BothVersions";
import { useEdited } from "../look/edited";
import { FormActions } from "../look/FormActions";
import { ProblemNotice } from "../look/ProblemNotice";
import { EventTypesField } from "./EventTypesField";
import { ALL_EVENTS } from "./eventTypes";
import {
  changeWebhook,
  createWebhook,
  draftOf,
  readWebhook,
  WEBHOOKS_KEY,
  type Webhook,
  type WebhookDraft,
} from "./webhooks";

interface WebhookFormProps {
  /** The webhook as it is, when it is changed rather than created. */
  webhook?: Versioned<Webhook>;
  /** Only a new one tells its secret. */
  onSaved: (webhook: Webhook) => void;
  onCancel: () => void;
}

const NEW: WebhookDraft = { name: "", url: "", eventTypes: ["io.bascule.task.finished"], description: "" };

const NAMES = { name: "Name", url: "URL", eventTypes: "Events", description: "Description" };

export function WebhookForm({ webhook, onSaved, onCancel }: WebhookFormProps) {
  const queries = useQueryClient();
  const form = useForm({ initialValues: webhook ? draftOf(webhook.value) : NEW });
  const edited = useEdited({ begun: webhook, form, fieldsOf: draftOf, readTheirs: ({ id }) => readWebhook(id) });
  const saving = useMutation({
    mutationFn: (draft: WebhookDraft): Promise<Webhook> =>
      edited.base ? changeWebhook(edited.base, draft) : createWebhook(draft),
    onMutate: edited.onMutate,
    // An answer may hold a signing secret, which nothing but the dialog keeps.
    gcTime: 0,
    onSuccess: (saved) => {
      onSaved(saved);
      void queries.invalidateQueries({ queryKey: [...WEBHOOKS_KEY, "list"] });
      void queries.invalidateQueries({ queryKey: [...WEBHOOKS_KEY, "one"] });
    },
    onError: edited.onError,
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        saving.mutate(sent(values));
      })}
    >
      <Stack gap="sm">
        {edited.problem && <ProblemNotice problem={edited.problem} />}
        <BothVersions edited={edited} names={NAMES} isSaving={saving.isPending} />
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
        <FormActions onCancel={onCancel} isPending={saving.isPending} isReady={!edited.theirs}>
          {webhook ? "Save changes" : "Create webhook"}
        </FormActions>
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
