import { ActionIcon, Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Icon } from "../look/Icon";
import { LinkMenuItem } from "../look/links";
import { showProblem } from "../look/showProblem";
import { deliveriesKey, testWebhook, turnWebhook, WEBHOOKS_KEY, type Webhook } from "./webhooks";

interface WebhookActionsProps {
  webhook: Webhook;
  /** Why the person may not change webhooks, if so. */
  refusal: string | undefined;
  onTested?: () => void;
}

/** What can be done with a webhook in its present state. */
export function WebhookActions({ webhook, refusal, onTested }: WebhookActionsProps) {
  const { id, name, enabled } = webhook;
  const queries = useQueryClient();
  const testing = useMutation({
    mutationFn: () => testWebhook(id),
    onSuccess: async () => {
      notifications.show({ message: `A test event is sent to ${name}` });
      onTested?.();
      await queries.invalidateQueries({ queryKey: deliveriesKey(name) });
    },
    onError: showProblem,
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={testing.isPending}
        disabled={!!refusal || !enabled}
        title={refusal ?? (enabled ? undefined : "Enable it first")}
        aria-label={`Test ${name}`}
        onClick={() => testing.mutate()}
      >
        Test
      </Button>
      {!refusal && <MoreMenu webhook={webhook} />}
    </>
  );
}

function MoreMenu({ webhook: { id, name, enabled } }: { webhook: Webhook }) {
  const queries = useQueryClient();
  const turning = useMutation({
    mutationFn: () => turnWebhook(id, !enabled),
    onSuccess: () => notifications.show({ message: `${name} is ${enabled ? "disabled" : "enabled"}` }),
    onError: showProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: WEBHOOKS_KEY }),
  });
  const here = { to: "/webhooks/$name", params: { name } } as const;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More about ${name}`} loading={turning.isPending}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name={enabled ? "pause" : "play"} size={16} />} onClick={() => turning.mutate()}>
          {enabled ? "Disable" : "Enable"}
        </Menu.Item>
        <LinkMenuItem {...here} search={{ dialog: "edit" }} leftSection={<Icon name="edit" size={16} />}>
          Edit…
        </LinkMenuItem>
        <LinkMenuItem {...here} search={{ dialog: "rotate" }} leftSection={<Icon name="key" size={16} />}>
          Rotate secret…
        </LinkMenuItem>
        <LinkMenuItem {...here} search={{ dialog: "delete" }} color="red" leftSection={<Icon name="trash" size={16} />}>
          Delete…
        </LinkMenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}
