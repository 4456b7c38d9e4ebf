import { getRouteApi } from "@tanstack/react-router";
import { useList } from "../api/list";
import { type Column, ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { State } from "../look/State";
import { Time } from "../look/Time";
import { useRefusal } from "../session/useSession";
import { AddPersonDialog } from "./AddPersonDialog";
import { Part } from "./Part";
import { type Person, peopleList } from "./people";

const route = getRouteApi("/signed-in/settings");

/** Who may sign in to this workspace, and as what. */
export function People() {
  const { dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const refusal = useRefusal("owner");
  const list = useList(peopleList);
  return (
    <>
      <Part
        title="People"
        about="Who may sign in, and as what."
        action={
          <LinkButton to="/settings" search={{ tab: "people", dialog: "user" }} disabled={!!refusal} title={refusal}>
            Add person
          </LinkButton>
        }
      >
        <ListTable label="People" list={list} columns={COLUMNS} keyOf={({ id }) => id} empty={null} />
      </Part>
      {dialog === "user" && !refusal && <AddPersonDialog onClose={() => navigate({ search: { tab: "people" } })} />}
    </>
  );
}

const COLUMNS: Column<Person>[] = [
  { title: "Name", cell: ({ username }) => <strong>{username}</strong> },
  { title: "Role", width: "140px", cell: ({ role }) => role },
  {
    title: "State",
    width: "140px",
    from: "tablet",
    cell: ({ disabledAt }) =>
      disabledAt ? <State tone="warn">disabled</State> : <State tone="good">may sign in</State>,
  },
  { title: "Added", width: "140px", from: "tablet", cell: ({ createdAt }) => <Time at={createdAt} /> },
];
