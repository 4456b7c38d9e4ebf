import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useList } from "../api/list";
import { problemOf } from "../api/problem";
import { bytes } from "../look/bytes";
import { Command } from "../look/Copyable";
import { EmptyState } from "../look/EmptyState";
import { type Column, ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { Page } from "../look/Page";
import { ProblemNotice } from "../look/ProblemNotice";
import { State } from "../look/State";
import { Time } from "../look/Time";
import { useRefusal } from "../session/useSession";
import { closeTunnel, TUNNELS_KEY, type Tunnel, tunnelsList } from "./tunnels";

export function TunnelsPage() {
  const list = useList(tunnelsList);
  const refusal = useRefusal("operator");
  const [closing, setClosing] = useState<Tunnel>();
  return (
    <Page title="Tunnels" about="Who is connected to what, right now, and which bridge carries it.">
      <ListTable
        label="Tunnels"
        list={list}
        columns={columns(refusal, setClosing)}
        keyOf={(tunnel) => tunnel.id}
        empty={<NoTunnels />}
      />
      {closing && <CloseDialog tunnel={closing} onDone={() => setClosing(undefined)} />}
    </Page>
  );
}

function columns(refusal: string | undefined, onClose: (tunnel: Tunnel) => void): Column<Tunnel>[] {
  return [
    {
      title: "Resource",
      cell: ({ resource }) => <strong>{resource.name}</strong>,
      brief: ({ user, bridge }) => `${user.name} · ${bridge}`,
    },
    { title: "State", width: "110px", cell: ({ state }) => <TunnelState state={state} /> },
    { title: "By", from: "tablet", cell: (tunnel) => <OpenedBy tunnel={tunnel} /> },
    { title: "Agent", from: "desktop", cell: ({ agent }) => agent.name },
    { title: "Bridge", width: "120px", from: "tablet", cell: ({ bridge }) => bridge },
    { title: "Opened", width: "120px", from: "tablet", cell: ({ openedAt }) => <Time at={openedAt} /> },
    { title: "Sent", width: "100px", from: "desktop", align: "end", cell: (tunnel) => amount(tunnel.bytesFromClient) },
    {
      title: "Received",
      width: "100px",
      from: "desktop",
      align: "end",
      cell: (tunnel) => amount(tunnel.bytesFromAgent),
    },
    {
      title: "Actions",
      titleHidden: true,
      width: "96px",
      align: "end",
      cell: (tunnel) => (
        <Button
          size="compact-sm"
          variant="default"
          disabled={!!refusal}
          title={refusal}
          onClick={() => onClose(tunnel)}
          aria-label={`Close the tunnel of ${tunnel.user.name} to ${tunnel.resource.name}`}
        >
          Close
        </Button>
      ),
    },
  ];
}

/** The person, and the task that acts in their name if one does. */
function OpenedBy({ tunnel: { user, task } }: { tunnel: Tunnel }) {
  return (
    <>
      {user.name}
      {task && (
        <>
          {" by "}
          <Link to="/tasks/$taskId" params={{ taskId: task }}>
            a task
          </Link>
        </>
      )}
    </>
  );
}

function TunnelState({ state }: { state: Tunnel["state"] }) {
  return (
    <State tone={state === "open" ? "good" : "busy"} live={state !== "open"}>
      {state}
    </State>
  );
}

function amount(count: number | null | undefined): string {
  return count === null || count === undefined ? "–" : bytes(count);
}

function CloseDialog({ tunnel, onDone }: { tunnel: Tunnel; onDone: () => void }) {
  const queries = useQueryClient();
  const closing = useMutation({
    mutationFn: () => closeTunnel(tunnel.id),
    onSuccess: async () => {
      onDone();
      await queries.invalidateQueries({ queryKey: TUNNELS_KEY });
    },
  });
  return (
    <Modal opened onClose={onDone} title={`Close the tunnel to ${tunnel.resource.name}?`}>
      <Stack gap="md">
        {closing.error && <ProblemNotice problem={problemOf(closing.error)} />}
        <span>
          The connection of <strong>{tunnel.user.name}</strong> ends within two seconds. They may open another one.
        </span>
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone} data-autofocus>
            Keep it open
          </Button>
          <Button color="red" loading={closing.isPending} onClick={() => closing.mutate()}>
            Close tunnel
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function NoTunnels() {
  return (
    <EmptyState
      icon="tunnel"
      title="No tunnel is open"
      remedy={
        <>
          <Command purpose="Open one from your machine">bascule tcp orders-db --port 15432</Command>
          <LinkButton to="/resources" variant="default">
            Choose a resource
          </LinkButton>
        </>
      }
    >
      A tunnel carries one connection from you, or from a task, to a resource. It survives the loss of the bridge it
      runs over.
    </EmptyState>
  );
}
