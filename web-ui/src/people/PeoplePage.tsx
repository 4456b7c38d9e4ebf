import { getRouteApi } from "@tanstack/react-router";
import { useList } from "../api/list";
import { type Column, ListTable } from "../look/ListTable";
import { LinkButton } from "../look/links";
import { Page } from "../look/Page";
import { State } from "../look/State";
import { Time } from "../look/Time";
import { useRefusal } from "../session/useSession";
import { AddPersonDialog } from "./AddPersonDialog";
import { type Person, peopleList, ROLES } from "./people";

const route = getRouteApi("/signed-in/console/people");

/** Who may sign in to this workspace, and as what. */
export function PeoplePage() {
  const { dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const refusal = useRefusal("owner");
  const list = useList(peopleList);
  return (
    <Page
      title="People"
      about="Who may sign in, and as what. Each role may do all that the ones before it may."
      actions={
        <LinkButton to="/console/people" search={{ dialog: "user" }} disabled={!!refusal} title={refusal}>
          Add person
        </LinkButton>
      }
    >
      <ListTable label="People" list={list} columns={COLUMNS} keyOf={({ id }) => id} empty={null} />
      {dialog === "user" && !refusal && <AddPersonDialog onClose={() => navigate({ search: {} })} />}
    </Page>
  );
}

const COLUMNS: Column<Person>[] = [
  { title: "Name", cell: ({ username }) => <strong>{username}</strong> },
  { title: "Role", width: "110px", cell: ({ role }) => role },
  {
    title: "May",
    width: "44%",
    from: "desktop",
    cell: (person) => ROLES.find(({ role }) => role === person.role)?.may ?? "–",
  },
  {
    title: "State",
    width: "140px",
    from: "tablet",
    cell: ({ disabledAt }) =>
      disabledAt ? <State tone="warn">disabled</State> : <State tone="good">may sign in</State>,
  },
  { title: "Added", width: "120px", from: "tablet", cell: ({ createdAt }) => <Time at={createdAt} /> },
];
