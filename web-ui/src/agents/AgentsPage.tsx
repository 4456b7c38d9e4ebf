import { ActionIcon, Menu, Select } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useList } from "../api/list";
import { oneOf } from "../look/address";
import { Command } from "../look/Copyable";
import { EmptyState } from "../look/EmptyState";
import { Icon } from "../look/Icon";
import { Labels } from "../look/Labels";
import { type Column, ListTable } from "../look/ListTable";
import { LinkButton, LinkMenuItem } from "../look/links";
import { NothingMatches } from "../look/NothingMatches";
import { Page } from "../look/Page";
import { SearchWithLabels, withLabel } from "../look/SearchWithLabels";
import { Time } from "../look/Time";
import { useRefusal } from "../session/useSession";
import { AgentState } from "./AgentState";
import type { AgentSearch } from "./agentSearch";
import { AGENT_STATES, type Agent, type AgentFilter, agentsList, bridgesOf } from "./agents";
import { EnrolDialog } from "./EnrolDialog";
import { RevokeDialog } from "./RevokeDialog";

const route = getRouteApi("/signed-in/console/agents");

export function AgentsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const refusal = useRefusal("admin");
  const list = useList(agentsList(search));
  const filter = (change: AgentFilter) => navigate({ search: { ...search, ...change }, replace: true });
  return (
    <Page
      title="Agents"
      about="Small programs inside private networks. They dial out to the bridges; nothing has to be opened for them."
      actions={
        <LinkButton to="/console/agents" search={{ ...search, dialog: "enrol" }} disabled={!!refusal} title={refusal}>
          Enrol an agent
        </LinkButton>
      }
    >
      <SearchWithLabels name="Search agents" search={search} onChange={filter}>
        <Select
          size="xs"
          w={160}
          aria-label="State"
          placeholder="Any state"
          clearable
          data={AGENT_STATES.map((state) => ({ value: state, label: state.replace("-", " ") }))}
          value={search.state ?? null}
          onChange={(state) => filter({ state: oneOf(AGENT_STATES, state) })}
        />
      </SearchWithLabels>
      <ListTable
        label="Agents"
        list={list}
        columns={columns({ search, refusal, onLabel: (label) => filter(withLabel(search, label)) })}
        keyOf={(agent) => agent.id}
        empty={
          search.q || search.label || search.state ? (
            <NothingMatches noun="agent" page="/console/agents" />
          ) : (
            <NoAgents />
          )
        }
      />
      <Dialogs />
    </Page>
  );
}

function Dialogs() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { dialog, name } = search;
  const close = () => navigate({ search: { ...search, dialog: undefined, name: undefined } });
  if (dialog === "enrol") {
    const named = (created: string) => navigate({ search: { ...search, dialog, name: created }, replace: true });
    return <EnrolDialog name={name} onNamed={named} onClose={close} />;
  }
  return dialog === "revoke" && name ? <RevokeDialog name={name} onClose={close} /> : null;
}

interface Context {
  search: AgentSearch;
  /** Why the person may not change agents, if so. */
  refusal: string | undefined;
  onLabel: (label: string) => void;
}

function columns({ search, refusal, onLabel }: Context): Column<Agent>[] {
  return [
    { title: "Name", cell: ({ name }) => <strong>{name}</strong>, brief: (agent) => bridgesOf(agent).join(", ") },
    { title: "State", width: "130px", cell: ({ state }) => <AgentState state={state} /> },
    {
      title: "Instances",
      width: "90px",
      from: "tablet",
      cell: ({ instances }) => (
        <span title={instances.map(({ instance, version }) => `${instance} ${version ?? ""}`).join("\n")}>
          {instances.length || "–"}
        </span>
      ),
    },
    { title: "Bridges", from: "tablet", cell: (agent) => bridgesOf(agent).join(", ") || "–" },
    { title: "Labels", from: "desktop", cell: ({ labels }) => <Labels labels={labels} onPick={onLabel} /> },
    { title: "Seen", width: "120px", from: "tablet", cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
    { title: "Created", width: "120px", from: "wide", cell: ({ createdAt }) => <Time at={createdAt} /> },
    {
      title: "Actions",
      titleHidden: true,
      width: "64px",
      align: "end",
      cell: (agent) => actions(agent, search, refusal),
    },
  ];
}

function actions({ name, state }: Agent, search: AgentSearch, refusal: string | undefined) {
  return state === "revoked" || refusal ? null : (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More about ${name}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <LinkMenuItem
          to="/console/agents"
          search={{ ...search, dialog: "enrol", name }}
          leftSection={<Icon name="plug" size={16} />}
        >
          Start an instance…
        </LinkMenuItem>
        <LinkMenuItem
          to="/console/agents"
          search={{ ...search, dialog: "revoke", name }}
          color="red"
          leftSection={<Icon name="stop" size={16} />}
        >
          Revoke…
        </LinkMenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}

function NoAgents() {
  return (
    <EmptyState
      icon="agent"
      title="No agents yet"
      remedy={
        <>
          <LinkButton to="/console/agents" search={{ dialog: "enrol" }}>
            Enrol the first agent
          </LinkButton>
          <Command purpose="What you will run at the location, with a token made for it">
            {`bascule agent run --api ${window.location.origin} --join-token bsc_join_…`}
          </Command>
        </>
      }
    >
      An agent runs where your databases and servers are and makes them reachable by name.
    </EmptyState>
  );
}
