import { Checkbox, Stack, TagsInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { ALL_EVENTS, EVENT_TYPES, listed, shortType, unlisted } from "./eventTypes";
import type { WebhookDraft } from "./webhooks";

/** Which events a webhook hears of: the ones there are as a list, and others by hand. */
export function EventTypesField({ form }: { form: UseFormReturnType<WebhookDraft> }) {
  const types = form.values.eventTypes;
  const all = types.includes(ALL_EVENTS);
  const set = (eventTypes: string[]) => form.setFieldValue("eventTypes", eventTypes);
  return (
    <>
      <Checkbox.Group
        label="Events"
        required
        value={listed(types)}
        onChange={(chosen) => set([...chosen, ...unlisted(types)])}
        error={form.errors.eventTypes}
      >
        <Stack gap={6} mt={4} mb={4}>
          <Checkbox value={ALL_EVENTS} label="Every event of this workspace" />
          {EVENT_TYPES.map(({ type, words }) => (
            <Checkbox key={type} value={type} disabled={all} label={words} description={shortType(type)} />
          ))}
        </Stack>
      </Checkbox.Group>
      {!all && (
        <TagsInput
          label="Other types"
          description="Also beginnings: io.bascule.task.* is every event of tasks. Write one, then Enter."
          value={unlisted(types)}
          onChange={(others) => set([...listed(types), ...others])}
          splitChars={[",", " "]}
          acceptValueOnBlur
        />
      )}
    </>
  );
}
