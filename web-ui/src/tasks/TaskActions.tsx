import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../api/problem";
import { LinkButton } from "../look/links";
import { useRefusal } from "../session/useSession";
import { cancelTask, isTerminal, retryTask, TASKS_KEY, type Task } from "./tasks";

/** What can be done with a task in its present state. */
export function TaskActions({ task }: { task: Task }) {
  const queries = useQueryClient();
  const refusal = useRefusal("operator");
  const act = useMutation({
    mutationFn: (action: (id: string) => Promise<Task>) => action(task.id),
    onError: (error) => {
      const { title, detail } = problemOf(error);
      notifications.show({ color: "red", title, message: detail });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: TASKS_KEY }),
  });
  const shared = { variant: "default", loading: act.isPending, disabled: !!refusal, title: refusal };
  return (
    <>
      <LinkButton
        to="/tasks"
        search={{ dialog: "submit", like: task.id }}
        variant="default"
        disabled={!!refusal}
        title={refusal}
      >
        Submit again…
      </LinkButton>
      {!isTerminal(task.state) && (
        <Button {...shared} disabled={shared.disabled || !!task.cancelRequested} onClick={() => act.mutate(cancelTask)}>
          {task.cancelRequested ? "Stopping…" : "Cancel"}
        </Button>
      )}
      {task.state === "failed" && (
        <Button {...shared} onClick={() => act.mutate(retryTask)}>
          Retry
        </Button>
      )}
    </>
  );
}
