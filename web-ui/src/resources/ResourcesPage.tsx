import { Select } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useList } from "../api/list";
import { Command } from "../look/Copyable";
import { EmptyState } from "../look/EmptyState";
import { ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { NothingMatches } from "../look/NothingMatches";
import { Page } from "../look/Page";
import { SearchWithLabels, withLabel } from "../look/SearchWithLabels";
import { useRefusal } from "../session/useSession";
import { ConnectDialog } from "./ConnectDialog";
import { CreateDialog, DeleteDialog, EditDialog } from "./ResourceDialogs";
import { resourceColumns } from "./resourceColumns";
import type { ResourceSearch } from "./resourceSearch";
import { RESOURCE_KINDS, resourcesList } from "./resources";

const route = getRouteApi("/signed-in/resources");

export function ResourcesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const refusal = useRefusal("admin");
  const list = useList(resourcesList(search));
  const filter = (change: ResourceSearch) => navigate({ search: { ...search, ...change }, replace: true });
  return (
    <Page
      title="Resources"
      about="What your agents reach: databases, servers, web apps and clusters that are not exposed."
      actions={
        <LinkButton to="/resources" search={{ ...search, dialog: "create" }} disabled={!!refusal} title={refusal}>
          Add resource
        </LinkButton>
      }
    >
      <SearchWithLabels name="Search resources" search={search} onChange={filter}>
        <Select
          size="xs"
          w={140}
          aria-label="Kind"
          placeholder="Any kind"
          clearable
          data={[...RESOURCE_KINDS]}
          value={search.kind ?? null}
          onChange={(kind) => filter({ kind: kind ?? undefined })}
        />
      </SearchWithLabels>
      <ListTable
        label="Resources"
        list={list}
        columns={resourceColumns({ search, refusal, onLabel: (label) => filter(withLabel(search, label)) })}
        keyOf={(resource) => resource.id}
        empty={<NoResources filtered={!!(search.q || search.kind || search.label)} />}
      />
      <Dialogs />
    </Page>
  );
}

function Dialogs() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { dialog, name = "" } = search;
  const close = () => navigate({ search: { ...search, dialog: undefined, name: undefined } });
  switch (dialog) {
    case undefined:
      return null;
    case "create":
      return (
        <CreateDialog
          onClose={close}
          onCreated={(created) => navigate({ search: { dialog: "connect", name: created }, replace: true })}
        />
      );
    case "edit":
      return <EditDialog name={name} onClose={close} />;
    case "delete":
      return <DeleteDialog name={name} onClose={close} />;
    case "connect":
      return <ConnectDialog name={name} onClose={close} />;
  }
}

function NoResources({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return <NothingMatches noun="resource" page="/resources" />;
  }
  return (
    <EmptyState
      icon="resource"
      title="No resources yet"
      remedy={
        <>
          <LinkButton to="/resources" search={{ dialog: "create" }}>
            Add the first resource
          </LinkButton>
          <Command purpose="Then anybody who may can reach it">bascule tcp orders-db --port 15432</Command>
        </>
      }
    >
      A resource is a host and port that one of your agents can reach. Name it once; people and tasks use the name.
    </EmptyState>
  );
}
