import { Menu, useMantineColorScheme } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { problemOf } from "../api/problem";
import { Icon, type IconName } from "../look/Icon";
import { LinkMenuItem } from "../look/links";
import { sessionQuery, signOut } from "../session/session";
import { tellOtherTabs } from "../session/tabs";
import { useSession } from "../session/useSession";
import classes from "./Shell.module.css";

const SCHEMES: { scheme: "auto" | "light" | "dark"; name: string; icon: IconName }[] = [
  { scheme: "auto", name: "Like the system", icon: "monitor" },
  { scheme: "light", name: "Light", icon: "sun" },
  { scheme: "dark", name: "Dark", icon: "moon" },
];

/** Who is signed in; colours; the way out. */
export function UserMenu() {
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  // Without transitions kept, the library would write a style element, which the content security policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      tellOtherTabs();
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, null);
      await navigate({ to: "/sign-in" });
    },
    onError: (error) => notifications.show({ color: "red", title: "Not signed out", message: problemOf(error).title }),
  });
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={classes.user}>
          <span className={classes.avatar}>
            <Icon name="user" size={16} />
          </span>
          <span className={classes.who}>
            <span>{session.user.username}</span>
            <span className={classes.role}>
              {session.role} · {session.workspace.name}
            </span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Appearance</Menu.Label>
        {SCHEMES.map(({ scheme, name, icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon name={icon} size={16} />}
            rightSection={scheme === colorScheme ? <Icon name="check" size={15} /> : undefined}
            aria-current={scheme === colorScheme || undefined}
            onClick={() => setColorScheme(scheme)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <LinkMenuItem to="/settings" leftSection={<Icon name="settings" size={16} />}>
          Settings
        </LinkMenuItem>
        <Menu.Item leftSection={<Icon name="signOut" size={16} />} onClick={() => leaving.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
