import { ActionIcon, Menu } from "@mantine/core";
import { CopyButton } from "../look/Copyable";
import { Icon } from "../look/Icon";
import type { Column } from "../look/ListTable";
import { LinkButton, LinkMenuItem } from "../look/links";
import { Time } from "../look/Time";
import classes from "./SecretsPage.module.css";
import { referenceTo, type Secret } from "./secrets";

/** @param refusal why the person may not change secrets, if so */
export function secretColumns(refusal: string | undefined): Column<Secret>[] {
  return [
    {
      title: "Name",
      cell: ({ name }) => <strong title={name}>{name}</strong>,
      brief: ({ version, updatedAt, updatedBy }) => (
        <>
          version {version} · <Time at={updatedAt} /> by {updatedBy}
        </>
      ),
    },
    { title: "In a task's input", width: "30%", from: "desktop", cell: (secret) => <Reference secret={secret} /> },
    { title: "Version", width: "90px", from: "tablet", align: "end", cell: ({ version }) => version },
    { title: "Changed", width: "130px", from: "tablet", cell: ({ updatedAt }) => <Time at={updatedAt} /> },
    {
      title: "Changed by",
      width: "140px",
      from: "tablet",
      cell: ({ updatedBy }) => <span title={updatedBy}>{updatedBy}</span>,
    },
    {
      title: "Actions",
      titleHidden: true,
      width: "150px",
      align: "end",
      cell: ({ name }) => (refusal ? null : <Actions name={name} />),
    },
  ];
}

function Reference({ secret: { name } }: { secret: Secret }) {
  const reference = referenceTo(name);
  return (
    <span className={classes.reference}>
      <code title={reference}>{reference}</code>
      <CopyButton text={reference} what={`the reference to ${name}`} />
    </span>
  );
}

function Actions({ name }: { name: string }) {
  return (
    <>
      <LinkButton
        size="compact-sm"
        variant="default"
        to="/secrets"
        search={{ dialog: "set", name }}
        aria-label={`New value for ${name}`}
      >
        New value
      </LinkButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More about ${name}`}>
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <LinkMenuItem
            to="/secrets"
            search={{ dialog: "remove", name }}
            color="red"
            leftSection={<Icon name="trash" size={16} />}
          >
            Remove…
          </LinkMenuItem>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
