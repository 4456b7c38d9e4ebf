import { Spotlight, type SpotlightActionData, spotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { call } from "../api/call";
import type { FunctionSummary } from "../functions/functions";
import { Icon } from "../look/Icon";
import type { Resource } from "../resources/resources";
import { hasRole, type Session } from "../session/session";
import { useSession } from "../session/useSession";
import { ENTRIES } from "./entry";

interface PaletteProps {
  open: boolean;
  onClose: () => void;
}

/** Goes to any page, function, resource or frequent action by a few letters. */
export default function Palette({ open, onClose }: PaletteProps) {
  const router = useRouter();
  const session = useSession();
  const resources = useQuery({
    queryKey: ["/resources", "palette"],
    queryFn: ({ signal }) => call("GET /resources", { query: { limit: 100 }, signal }),
    enabled: open,
    staleTime: 30_000,
  });
  const functions = useQuery({
    queryKey: ["/functions", "palette"],
    queryFn: ({ signal }) => call("GET /functions", { query: { limit: 100 }, signal }),
    enabled: open,
    staleTime: 30_000,
  });
  useEffect(() => {
    if (open) {
      spotlight.open();
    }
  }, [open]);
  const go = (address: string) => () => router.history.push(address);
  return (
    <Spotlight
      shortcut={null}
      lockScroll={false}
      scrollable
      maxHeight={420}
      nothingFound="Nothing found"
      searchProps={{ placeholder: "Where to?", leftSection: <Icon name="search" />, "aria-label": "Search" }}
      onSpotlightClose={onClose}
      actions={[
        { group: "Pages", actions: pages(session, go) },
        { group: "Actions", actions: frequent(session, go) },
        { group: "Functions", actions: (functions.data?.items ?? []).map((one) => openFunction(one, go)) },
        { group: "Connect to", actions: (resources.data?.items ?? []).map((resource) => connect(resource, go)) },
      ]}
    />
  );
}

type Go = (address: string) => () => void;

function pages(session: Session, go: Go): SpotlightActionData[] {
  return ENTRIES.flatMap((entry) => entry.pages.flat())
    .filter(({ role }) => hasRole(session, role))
    .map(({ to, name, icon }) => ({ id: to, label: name, leftSection: <Icon name={icon} />, onClick: go(to) }));
}

function frequent(session: Session, go: Go): SpotlightActionData[] {
  const plus = <Icon name="plus" />;
  return [
    ...(hasRole(session, "operator")
      ? [{ id: "submit", label: "Submit task", leftSection: plus, onClick: go("/tasks?dialog=submit") }]
      : []),
    ...(hasRole(session, "admin")
      ? [
          { id: "create", label: "Add resource", leftSection: plus, onClick: go("/resources?dialog=create") },
          { id: "function", label: "Create function", leftSection: plus, onClick: go("/functions?dialog=create") },
          { id: "queue", label: "Create queue", leftSection: plus, onClick: go("/console/queues?dialog=create") },
          { id: "schedule", label: "Create schedule", leftSection: plus, onClick: go("/schedules?dialog=create") },
          { id: "secret", label: "Set secret", leftSection: plus, onClick: go("/secrets?dialog=set") },
          { id: "webhook", label: "Create webhook", leftSection: plus, onClick: go("/webhooks?dialog=create") },
          { id: "enrol", label: "Enrol an agent", leftSection: plus, onClick: go("/console/agents?dialog=enrol") },
        ]
      : []),
  ];
}

function openFunction({ id, name }: FunctionSummary, go: Go): SpotlightActionData {
  const address = `/functions/${encodeURIComponent(name)}`;
  return { id, label: name, description: "function", leftSection: <Icon name="function" />, onClick: go(address) };
}

function connect({ id, name, kind, host }: Resource, go: Go): SpotlightActionData {
  return {
    id,
    label: name,
    description: `${kind} · ${host}`,
    leftSection: <Icon name="resource" />,
    onClick: go(`/resources?dialog=connect&name=${encodeURIComponent(name)}`),
  };
}
