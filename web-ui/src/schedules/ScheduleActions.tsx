import { ActionIcon, Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Icon } from "../look/Icon";
import { LinkMenuItem } from "../look/links";
import { showProblem } from "../look/showProblem";
import { pauseSchedule, resumeSchedule, runSchedule, SCHEDULES_KEY, type Schedule } from "./schedules";

/** What can be done with a schedule in its present state. */
export function ScheduleActions({ schedule, refusal }: { schedule: Schedule; refusal: string | undefined }) {
  const { id, name } = schedule;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const running = useMutation({
    mutationFn: () => runSchedule(id),
    onSuccess: ({ task }) => {
      notifications.show({ message: `${name} runs now` });
      return navigate({ to: "/tasks/$taskId", params: { taskId: task } });
    },
    onError: showProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: SCHEDULES_KEY }),
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={running.isPending}
        disabled={!!refusal}
        title={refusal}
        aria-label={`Run now: ${name}`}
        onClick={() => running.mutate()}
      >
        Run now
      </Button>
      {!refusal && <MoreMenu schedule={schedule} />}
    </>
  );
}

function MoreMenu({ schedule: { id, name, paused } }: { schedule: Schedule }) {
  const queries = useQueryClient();
  const turning = useMutation({
    mutationFn: () => (paused ? resumeSchedule(id) : pauseSchedule(id)),
    onError: showProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: SCHEDULES_KEY }),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More about ${name}`} loading={turning.isPending}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name={paused ? "play" : "pause"} size={16} />} onClick={() => turning.mutate()}>
          {paused ? "Resume" : "Pause"}
        </Menu.Item>
        <LinkMenuItem to="/schedules" search={{ dialog: "edit", name }} leftSection={<Icon name="edit" size={16} />}>
          Edit…
        </LinkMenuItem>
        <LinkMenuItem
          to="/schedules"
          search={{ dialog: "delete", name }}
          color="red"
          leftSection={<Icon name="trash" size={16} />}
        >
          Delete…
        </LinkMenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}
