import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { AgentState } from "../agents/AgentState";
import { Icon } from "../look/Icon";
import { Labels } from "../look/Labels";
import type { Column } from "../look/ListTable";
import { LinkButton, LinkMenuItem } from "../look/links";
import { Time } from "../look/Time";
import type { ResourceSearch } from "./resourceSearch";
import type { Resource } from "./resources";

interface Context {
  search: ResourceSearch;
  /** Why the person may not change resources, if so. */
  refusal: string | undefined;
  onLabel: (label: string) => void;
}

export function resourceColumns({ search, refusal, onLabel }: Context): Column<Resource>[] {
  return [
    {
      title: "Name",
      cell: ({ name }) => (
        <Link to="/resources" search={{ ...search, dialog: "connect", name }} title={name}>
          {name}
        </Link>
      ),
      brief: ({ kind, agent }) => `${kind} · ${agent.name} ${agent.state}`,
    },
    { title: "Kind", width: "100px", from: "tablet", cell: ({ kind }) => kind },
    {
      title: "Address",
      width: "20%",
      from: "desktop",
      cell: ({ host, port }) => (
        <code title={`${host}:${port}`}>
          {host}:{port}
        </code>
      ),
    },
    {
      title: "Agent",
      width: "200px",
      from: "tablet",
      cell: ({ agent }) => <AgentState state={agent.state} name={agent.name} />,
    },
    {
      title: "Labels",
      width: "18%",
      from: "desktop",
      cell: ({ labels }) => <Labels labels={labels} onPick={onLabel} />,
    },
    { title: "Changed", width: "120px", from: "wide", cell: ({ updatedAt }) => <Time at={updatedAt} /> },
    {
      title: "Actions",
      titleHidden: true,
      width: "150px",
      align: "end",
      cell: ({ name }) => <Actions name={name} search={search} refusal={refusal} />,
    },
  ];
}

function Actions({ name, search, refusal }: { name: string } & Pick<Context, "search" | "refusal">) {
  return (
    <>
      <LinkButton
        size="compact-sm"
        variant="light"
        to="/resources"
        search={{ ...search, dialog: "connect", name }}
        aria-label={`Connect to ${name}`}
      >
        Connect
      </LinkButton>
      {!refusal && <ChangeMenu name={name} search={search} />}
    </>
  );
}

function ChangeMenu({ name, search }: { name: string } & Pick<Context, "search">) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More about ${name}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <LinkMenuItem
          to="/resources"
          search={{ ...search, dialog: "edit", name }}
          leftSection={<Icon name="edit" size={16} />}
        >
          Edit
        </LinkMenuItem>
        <LinkMenuItem
          to="/resources"
          search={{ ...search, dialog: "delete", name }}
          color="red"
          leftSection={<Icon name="trash" size={16} />}
        >
          Delete
        </LinkMenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}
