import { ActionIcon, Button, Menu } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Icon } from "../look/Icon";
import { LinkMenuItem } from "../look/links";
import { showProblem } from "../look/showProblem";
import { DEFAULT_QUEUE, pauseQueue, QUEUES_KEY, type Queue, resumeQueue } from "./queues";

/** What can be done with a queue in its present state. */
export function QueueActions({ queue: { name, paused }, refusal }: { queue: Queue; refusal: string | undefined }) {
  const queries = useQueryClient();
  const turning = useMutation({
    mutationFn: () => (paused ? resumeQueue(name) : pauseQueue(name)),
    onError: showProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: QUEUES_KEY }),
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant={paused ? "light" : "default"}
        loading={turning.isPending}
        disabled={!!refusal}
        title={refusal}
        aria-label={`${paused ? "Resume" : "Pause"} ${name}`}
        onClick={() => turning.mutate()}
      >
        {paused ? "Resume" : "Pause"}
      </Button>
      {!refusal && <MoreMenu name={name} />}
    </>
  );
}

function MoreMenu({ name }: { name: string }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More about ${name}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <LinkMenuItem
          to="/console/queues"
          search={{ dialog: "limit", name }}
          leftSection={<Icon name="edit" size={16} />}
        >
          Change limits…
        </LinkMenuItem>
        <LinkMenuItem
          to="/console/queues"
          search={{ dialog: "purge", name }}
          color="red"
          leftSection={<Icon name="stop" size={16} />}
        >
          Purge…
        </LinkMenuItem>
        {name !== DEFAULT_QUEUE && (
          <LinkMenuItem
            to="/console/queues"
            search={{ dialog: "delete", name }}
            color="red"
            leftSection={<Icon name="trash" size={16} />}
          >
            Delete…
          </LinkMenuItem>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
