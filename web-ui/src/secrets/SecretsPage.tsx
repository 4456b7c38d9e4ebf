import { getRouteApi } from "@tanstack/react-router";
import { useList } from "../api/list";
import { Command } from "../look/Copyable";
import { EmptyState } from "../look/EmptyState";
import { ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { Page } from "../look/Page";
import { useRefusal } from "../session/useSession";
import { CreateDialog, NewValueDialog, RemoveDialog } from "./SecretDialogs";
import { secretColumns } from "./secretColumns";
import { referenceTo, secretsList } from "./secrets";

const route = getRouteApi("/signed-in/secrets");

export function SecretsPage() {
  const refusal = useRefusal("admin");
  const list = useList(secretsList);
  return (
    <Page
      title="Secrets"
      about="Passwords, tokens and keys that tasks and functions use and nobody reads back."
      actions={
        <LinkButton to="/secrets" search={{ dialog: "set" }} disabled={!!refusal} title={refusal}>
          Set secret
        </LinkButton>
      }
    >
      <ListTable
        label="Secrets"
        list={list}
        columns={secretColumns(refusal)}
        keyOf={({ name }) => name}
        empty={<NoSecrets refusal={refusal} />}
      />
      {!refusal && <Dialogs />}
    </Page>
  );
}

function Dialogs() {
  const { dialog, name } = route.useSearch();
  const navigate = route.useNavigate();
  const close = () => navigate({ search: {} });
  switch (dialog) {
    case undefined:
      return null;
    case "set":
      return name ? <NewValueDialog name={name} onClose={close} /> : <CreateDialog onClose={close} />;
    case "remove":
      return <RemoveDialog name={name ?? ""} onClose={close} />;
  }
}

function NoSecrets({ refusal }: { refusal: string | undefined }) {
  return (
    <EmptyState
      icon="key"
      title="No secrets yet"
      remedy={
        <>
          <LinkButton to="/secrets" search={{ dialog: "set" }} disabled={!!refusal} title={refusal}>
            Set the first secret
          </LinkButton>
          <Command purpose="Or from a terminal, which asks for the value">bascule secret set DB_PASSWORD</Command>
          <Command purpose="Then a task's input refers to it, in the place of the text">
            {`{"headers": {"Authorization": ${referenceTo("DB_PASSWORD")}}}`}
          </Command>
        </>
      }
    >
      A secret is a password, a token or a key that tasks need. It is filled in where the task runs, is not in the
      task's input, and shows as *** in its log.
    </EmptyState>
  );
}
