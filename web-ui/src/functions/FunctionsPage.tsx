import { ActionIcon, Menu } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useList } from "../api/list";
import { Command } from "../look/Copyable";
import { EmptyState } from "../look/EmptyState";
import { Icon } from "../look/Icon";
import { type Column, ListTable } from "../look/ListTable";
import { LinkButton, LinkMenuItem } from "../look/links";
import { Page } from "../look/Page";
import { Time } from "../look/Time";
import { useRefusal } from "../session/useSession";
import { CreateDialog } from "./CreateDialog";
import { DeleteDialog } from "./DeleteDialog";
import { type FunctionSummary, functionsList } from "./functions";

const route = getRouteApi("/signed-in/functions");

export function FunctionsPage() {
  const { dialog, name = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const refusal = useRefusal("admin");
  const list = useList(functionsList);
  return (
    <Page
      title="Functions"
      about="Your own JavaScript, TypeScript or Python, run in a sandbox whenever a task asks for it."
      actions={
        <LinkButton to="/functions" search={{ dialog: "create" }} disabled={!!refusal} title={refusal}>
          Create function
        </LinkButton>
      }
    >
      <ListTable
        label="Functions"
        list={list}
        columns={columns(refusal)}
        keyOf={(one) => one.id}
        empty={<NoFunctions refusal={refusal} />}
      />
      {dialog === "delete" && <DeleteDialog name={name} onClose={() => navigate({ search: {} })} />}
      {dialog === "create" && (
        <CreateDialog
          onClose={() => navigate({ search: {} })}
          onCreated={(created) => navigate({ to: "/functions/$name", params: { name: created } })}
        />
      )}
    </Page>
  );
}

/** @param refusal why the person may not change functions, if so */
function columns(refusal: string | undefined): Column<FunctionSummary>[] {
  return [
    {
      title: "Name",
      cell: ({ name }) => (
        <Link to="/functions/$name" params={{ name }} title={name}>
          {name}
        </Link>
      ),
      brief: ({ latestVersion }) => `version ${latestVersion}`,
    },
    { title: "Language", width: "140px", from: "tablet", cell: ({ runtime }) => runtime },
    { title: "Versions", width: "100px", from: "tablet", align: "end", cell: ({ latestVersion }) => latestVersion },
    { title: "Live", width: "80px", from: "desktop", align: "end", cell: ({ liveVersion }) => liveVersion },
    { title: "Created", width: "140px", from: "desktop", cell: ({ createdAt }) => <Time at={createdAt} /> },
    { title: "Changed", width: "140px", cell: ({ updatedAt }) => <Time at={updatedAt} /> },
    {
      title: "Actions",
      titleHidden: true,
      width: "64px",
      align: "end",
      cell: ({ name }) => (refusal ? null : <MoreMenu name={name} />),
    },
  ];
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
          to="/functions"
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

function NoFunctions({ refusal }: { refusal: string | undefined }) {
  return (
    <EmptyState
      icon="function"
      title="No functions yet"
      remedy={
        <>
          <LinkButton to="/functions" search={{ dialog: "create" }} disabled={!!refusal} title={refusal}>
            Create the first function
          </LinkButton>
          <Command purpose="Or from a terminal, with a personal token">{creation()}</Command>
        </>
      }
    >
      A function is code that you write here and that runs as a task: with a time limit, a memory limit, no files of
      anybody else and no network but what you name.
    </EmptyState>
  );
}

function creation(): string {
  const body = JSON.stringify({ name: "add", source: "const handler = ({ a, b }) => ({ sum: a + b });" });
  return `curl -X POST ${window.location.origin}/api/v1/functions \\
  -H "Authorization: Bearer $BASCULE_TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '${body}'`;
}
