import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useList } from "../api/list";
import { Command } from "../look/Copyable";
import { useNow } from "../look/clock";
import { EmptyState } from "../look/EmptyState";
import { type Column, ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { Page } from "../look/Page";
import { State } from "../look/State";
import { showProblem } from "../look/showProblem";
import { Time } from "../look/Time";
import { useSession } from "../session/useSession";
import { type AccessToken, endSession, type OpenSession, SESSIONS_KEY, sessionsList, tokensList } from "./account";
import { browserName } from "./browserName";
import { Part } from "./Part";
import { CreateTokenDialog, RevokeTokenDialog } from "./TokenDialogs";

const route = getRouteApi("/signed-in/settings");

/** Your own ways in: tokens and sessions. */
export function SettingsPage() {
  const session = useSession();
  const { dialog, id } = route.useSearch();
  const navigate = route.useNavigate();
  const tokens = useList(tokensList);
  const sessions = useList(sessionsList);
  const close = () => navigate({ search: {} });
  const revoked = tokens.items?.find((token) => token.id === id);
  return (
    <Page title="Settings" about={`Your own ways in. You are ${session.role} of workspace ${session.workspace.name}.`}>
      <Part
        title="Personal tokens"
        about="What your programs and the command line sign in with. A token may do what you may."
        action={
          <LinkButton to="/settings" search={{ dialog: "token" }}>
            Create token
          </LinkButton>
        }
      >
        <ListTable
          label="Personal tokens"
          list={tokens}
          columns={TOKEN_COLUMNS}
          keyOf={(token) => token.id}
          empty={<NoTokens />}
        />
      </Part>
      <Part title="Sessions" about="The browsers in which you are signed in.">
        <ListTable
          label="Sessions"
          list={sessions}
          columns={SESSION_COLUMNS}
          keyOf={(session) => session.id}
          empty={null}
        />
      </Part>
      {dialog === "token" && <CreateTokenDialog onClose={close} />}
      {dialog === "revoke" && revoked && <RevokeTokenDialog token={revoked} onClose={close} />}
    </Page>
  );
}

const TOKEN_COLUMNS: Column<AccessToken>[] = [
  { title: "Name", cell: ({ name }) => <strong>{name}</strong> },
  { title: "State", width: "120px", cell: (token) => <TokenState token={token} /> },
  { title: "Last used", width: "140px", from: "tablet", cell: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
  { title: "Expires", width: "140px", from: "tablet", cell: ({ expiresAt }) => <Time at={expiresAt} /> },
  { title: "Created", width: "140px", from: "desktop", cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    title: "Actions",
    titleHidden: true,
    width: "96px",
    align: "end",
    cell: ({ id, name, revokedAt }) =>
      revokedAt ? null : (
        <LinkButton
          to="/settings"
          search={{ dialog: "revoke", id }}
          size="compact-sm"
          variant="default"
          aria-label={`Revoke ${name}`}
        >
          Revoke
        </LinkButton>
      ),
  },
];

function TokenState({ token: { revokedAt, expiresAt } }: { token: AccessToken }) {
  const expired = useNow((now) => Date.parse(expiresAt ?? "") < now);
  if (revokedAt) {
    return <State tone="idle">revoked</State>;
  }
  return expired ? <State tone="warn">expired</State> : <State tone="good">valid</State>;
}

const SESSION_COLUMNS: Column<OpenSession>[] = [
  {
    title: "Browser",
    cell: ({ client, current }) => (
      <span title={client}>{current ? <strong>This one</strong> : browserName(client)}</span>
    ),
    brief: ({ address, lastSeenAt }) => (
      <>
        {address} · <Time at={lastSeenAt} />
      </>
    ),
  },
  { title: "Address", width: "160px", from: "tablet", cell: ({ address }) => <code>{address}</code> },
  { title: "Signed in", width: "140px", from: "desktop", cell: ({ signedInAt }) => <Time at={signedInAt} /> },
  { title: "Last seen", width: "140px", from: "tablet", cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
  {
    title: "Actions",
    titleHidden: true,
    width: "110px",
    align: "end",
    cell: (session) => (session.current ? null : <EndSession session={session} />),
  },
];

function EndSession({ session: { id, client } }: { session: OpenSession }) {
  const queries = useQueryClient();
  const ending = useMutation({
    mutationFn: () => endSession(id),
    onError: showProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: SESSIONS_KEY }),
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={ending.isPending}
      onClick={() => ending.mutate()}
      aria-label={`Sign out ${browserName(client)}`}
    >
      Sign out
    </Button>
  );
}

function NoTokens() {
  return (
    <EmptyState
      icon="key"
      title="No tokens yet"
      remedy={
        <>
          <LinkButton to="/settings" search={{ dialog: "token" }}>
            Create the first token
          </LinkButton>
          <Command purpose="The command line makes its own when it signs in">{`bascule login ${window.location.origin}`}</Command>
        </>
      }
    >
      Programs send a token with every call: <code>Authorization: Bearer …</code>. Revoking one takes effect within a
      second.
    </EmptyState>
  );
}
