import { getRouteApi, Link } from "@tanstack/react-router";
import { useList } from "../api/list";
import { Command } from "../look/Copyable";
import { EmptyState } from "../look/EmptyState";
import { type Column, ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { Page } from "../look/Page";
import { Time } from "../look/Time";
import { useRefusal } from "../session/useSession";
import { CreateDialog } from "./CreateDialog";
import { type FunctionSummary, functionsList } from "./functions";

const route = getRouteApi("/signed-in/functions");

export function FunctionsPage() {
  const { dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const refusal = useRefusal("admin");
  const list = useList(functionsList);
  return (
    <Page
      title="Functions"
      about="Your own JavaScript, run in a sandbox whenever a task asks for it."
      actions={
        <LinkButton to="/functions" search={{ dialog: "create" }} disabled={!!refusal} title={refusal}>
          Create function
        </LinkButton>
      }
    >
      <ListTable
        label="Functions"
        list={list}
        columns={COLUMNS}
        keyOf={(one) => one.id}
        empty={<NoFunctions refusal={refusal} />}
      />
      {dialog === "create" && (
        <CreateDialog
          onClose={() => navigate({ search: {} })}
          onCreated={(name) => navigate({ to: "/functions/$name", params: { name } })}
        />
      )}
    </Page>
  );
}

const COLUMNS: Column<FunctionSummary>[] = [
  {
    title: "Name",
    cell: ({ name }) => (
      <Link to="/functions/$name" params={{ name }} title={name}>
        {name}
      </Link>
    ),
    brief: ({ latestVersion }) => `version ${latestVersion}`,
  },
  { title: "Runtime", width: "140px", from: "tablet", cell: ({ runtime }) => runtime },
  { title: "Versions", width: "100px", from: "tablet", align: "end", cell: ({ latestVersion }) => latestVersion },
  { title: "Created", width: "140px", from: "desktop", cell: ({ createdAt }) => <Time at={createdAt} /> },
  { title: "Changed", width: "140px", cell: ({ updatedAt }) => <Time at={updatedAt} /> },
];

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
      A function is code that you write here and that runs as a task: with a time limit, a memory limit, no network and
      no files of anybody else.
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
