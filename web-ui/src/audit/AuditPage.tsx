import { Modal, Select } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useList } from "../api/list";
import { EmptyState } from "../look/EmptyState";
import { JsonView } from "../look/JsonView";
import { type Column, ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { FilterBar, Page } from "../look/Page";
import { SearchField } from "../look/SearchField";
import { State, type Tone } from "../look/State";
import { Time } from "../look/Time";
import { type AuditEvent, auditList, KNOWN_ACTIONS } from "./audit";
import type { AuditSearch } from "./auditSearch";

const route = getRouteApi("/signed-in/console/audit");

const TONES: Record<AuditEvent["outcome"], Tone> = { allowed: "good", denied: "warn", failed: "bad" };

export function AuditPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useList(auditList(search));
  const filter = (change: AuditSearch) => navigate({ search: { ...search, ...change }, replace: true });
  const shown = search.event && list.items?.find(({ id }) => id === search.event);
  return (
    <Page title="Audit" about="Every sign-in, decision and change, with who, from where, and how it came out.">
      <FilterBar>
        <Select
          size="xs"
          w={220}
          aria-label="Action"
          placeholder="Any action"
          clearable
          searchable
          data={KNOWN_ACTIONS}
          value={search.action ?? null}
          onChange={(action) => filter({ action: action ?? undefined })}
        />
        <SearchField
          label="Actor"
          placeholder="Actor's name"
          value={search.actor}
          onChange={(actor) => filter({ actor })}
        />
      </FilterBar>
      <ListTable
        label="Audit events"
        list={list}
        columns={columns(search)}
        keyOf={(event) => event.id}
        empty={
          <EmptyState
            icon="audit"
            title="No such event"
            remedy={
              <LinkButton to="/console/audit" variant="default">
                Clear filters
              </LinkButton>
            }
          >
            Nothing that was done fits these filters.
          </EmptyState>
        }
      />
      {shown && (
        <Modal
          opened
          onClose={() => navigate({ search: { ...search, event: undefined } })}
          title={shown.action}
          size="lg"
        >
          <JsonView value={shown} />
        </Modal>
      )}
    </Page>
  );
}

function columns(search: AuditSearch): Column<AuditEvent>[] {
  return [
    {
      title: "Action",
      width: "190px",
      cell: ({ id, action }) => (
        <Link to="/console/audit" search={{ ...search, event: id }}>
          {action}
        </Link>
      ),
      brief: ({ actor, occurredAt }) => (
        <>
          {named(actor)} · <Time at={occurredAt} />
        </>
      ),
    },
    { title: "Outcome", width: "110px", cell: ({ outcome }) => <State tone={TONES[outcome]}>{outcome}</State> },
    { title: "Actor", from: "tablet", cell: ({ actor }) => named(actor) },
    { title: "Target", from: "tablet", cell: ({ target }) => (target ? named(target) : "–") },
    { title: "Address", width: "150px", from: "desktop", cell: ({ address }) => <code>{address || "–"}</code> },
    { title: "When", width: "120px", from: "tablet", cell: ({ occurredAt }) => <Time at={occurredAt} /> },
  ];
}

function named({ kind, id, name }: AuditEvent["actor"]): string {
  return `${kind} ${name ?? id ?? ""}`.trim();
}
