import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useList } from "../api/list";
import { oneOf } from "../look/address";
import { Command } from "../look/Copyable";
import { EmptyState } from "../look/EmptyState";
import { ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { NothingMatches } from "../look/NothingMatches";
import { FilterBar, Page } from "../look/Page";
import { queueNames } from "../queues/queues";
import { useRefusal } from "../session/useSession";
import { SubmitDialog } from "./SubmitDialog";
import { taskColumns } from "./taskColumns";
import type { TaskSearch } from "./taskSearch";
import { TASK_STATES, tasksList, taskTypesQuery } from "./tasks";

const route = getRouteApi("/signed-in/tasks");

export function TasksPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const refusal = useRefusal("operator");
  const types = useQuery(taskTypesQuery);
  const queues = useQuery(queueNames);
  const list = useList(tasksList(search));
  const filter = (change: TaskSearch) => navigate({ search: { ...search, ...change }, replace: true });
  return (
    <Page
      title="Tasks"
      about="Work that the platform does for you, close to the resources it needs."
      actions={
        <LinkButton to="/tasks" search={{ ...search, dialog: "submit" }} disabled={!!refusal} title={refusal}>
          Submit task
        </LinkButton>
      }
    >
      <FilterBar>
        <Select
          size="xs"
          w={160}
          aria-label="State"
          placeholder="Any state"
          clearable
          data={[...TASK_STATES]}
          value={search.state ?? null}
          onChange={(state) => filter({ state: oneOf(TASK_STATES, state) })}
        />
        <Select
          size="xs"
          w={200}
          aria-label="Type"
          placeholder="Any type"
          clearable
          data={withCurrent(types.data?.map(({ type }) => type) ?? [], search.type)}
          value={search.type ?? null}
          onChange={(type) => filter({ type: type ?? undefined })}
        />
        <Select
          size="xs"
          w={180}
          aria-label="Queue"
          placeholder="Any queue"
          clearable
          data={withCurrent(queues.data ?? [], search.queue)}
          value={search.queue ?? null}
          onChange={(queue) => filter({ queue: queue ?? undefined })}
        />
      </FilterBar>
      <ListTable
        label="Tasks"
        list={list}
        columns={taskColumns}
        keyOf={(task) => task.id}
        empty={<NoTasks filtered={!!(search.state || search.type || search.queue)} />}
      />
      {search.dialog === "submit" && (
        <SubmitDialog
          like={search.like}
          onClose={() => navigate({ search: { ...search, dialog: undefined, like: undefined } })}
          onSubmitted={({ id }) => navigate({ to: "/tasks/$taskId", params: { taskId: id } })}
        />
      )}
    </Page>
  );
}

/** What is in the address stays choosable although it is not there any more. */
function withCurrent(choices: string[], current: string | undefined): string[] {
  return current && !choices.includes(current) ? [...choices, current] : choices;
}

function NoTasks({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return <NothingMatches noun="task" page="/tasks" />;
  }
  return (
    <EmptyState
      icon="task"
      title="No tasks yet"
      remedy={
        <>
          <LinkButton to="/tasks" search={{ dialog: "submit" }}>
            Submit the first task
          </LinkButton>
          <Command purpose="Or from a terminal">{`bascule task submit echo --input '{"message": "hello"}'`}</Command>
        </>
      }
    >
      A task is one unit of work: an HTTP request to a resource nobody else can reach, for example. It is retried when
      it fails and its result stays here.
    </EmptyState>
  );
}
