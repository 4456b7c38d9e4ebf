import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { Link, Outlet, useRouteContext } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { LiveMark } from "../live/LiveMark";
import { useLiveUpdates } from "../live/useLiveUpdates";
import { Brand } from "../look/Brand";
import { Icon } from "../look/Icon";
import { useSessionLost } from "../session/lost";
import { SignInAgain } from "../session/SignInAgain";
import { hasRole } from "../session/session";
import { useSession } from "../session/useSession";
import { CONSOLE, ENTRIES, type Entry } from "./entry";
import classes from "./Shell.module.css";
import { UserMenu } from "./UserMenu";

const Palette = lazy(() => import("./Palette"));

/** What stays while pages come and go: navigation, palette, the person's menu. */
export function Shell() {
  const [drawerOpen, drawer] = useDisclosure();
  const [palette, setPalette] = useState<"never" | "open" | "closed">("never");
  const openPalette = () => setPalette("open");
  const { user } = useSession();
  const entry = useEntry();
  const lost = useSessionLost(user.id);
  useLiveUpdates(lost);
  useHotkeys([["mod+K", openPalette]], []);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <aside className={classes.side}>
        <SideContent onSearch={openPalette} />
      </aside>
      <header className={classes.top}>
        <ActionIcon aria-label="Open navigation" size="lg" onClick={drawer.open}>
          <Icon name="menu" size={20} />
        </ActionIcon>
        <Link to={entry.home} className={classes.home}>
          <Brand part={entry === CONSOLE ? entry.name : undefined} />
        </Link>
        <ActionIcon aria-label="Search" size="lg" onClick={openPalette}>
          <Icon name="search" size={20} />
        </ActionIcon>
      </header>
      <Drawer
        opened={drawerOpen}
        onClose={drawer.close}
        size={264}
        withCloseButton={false}
        padding={0}
        title={undefined}
      >
        <div className={classes.drawer}>
          <SideContent onSearch={openPalette} onChosen={drawer.close} />
        </div>
      </Drawer>
      <main id="content" className={classes.content} tabIndex={-1}>
        <Outlet />
      </main>
      {palette !== "never" && (
        <Suspense>
          <Palette open={palette === "open"} onClose={() => setPalette("closed")} />
        </Suspense>
      )}
      {lost && <SignInAgain />}
    </div>
  );
}

interface SideContentProps {
  onSearch: () => void;
  /** Called when a page was chosen. */
  onChosen?: () => void;
}

function SideContent({ onSearch, onChosen }: SideContentProps) {
  const session = useSession();
  const entry = useEntry();
  return (
    <>
      <Link to={entry.home} className={classes.home} onClick={onChosen}>
        <Brand />
      </Link>
      <EntrySwitch />
      <button
        type="button"
        className={classes.search}
        onClick={() => {
          onChosen?.();
          onSearch();
        }}
      >
        <Icon name="search" size={15} />
        <span>Search</span>
        <kbd>{/Mac|iP/.test(navigator.platform) ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <nav aria-label="Pages" className={classes.nav}>
        {entry.pages.map((group) => (
          <ul key={group[0]?.to} className={classes.group}>
            {group
              .filter(({ role }) => hasRole(session, role))
              .map(({ to, name, icon }) => (
                <li key={to}>
                  <Link
                    to={to}
                    className={classes.link}
                    activeOptions={{ exact: to === entry.home, includeSearch: false }}
                    onClick={onChosen}
                  >
                    <Icon name={icon} size={17} />
                    {name}
                  </Link>
                </li>
              ))}
          </ul>
        ))}
      </nav>
      <div className={classes.live}>
        <LiveMark />
      </div>
      <UserMenu />
    </>
  );
}

/** Leads from one entry to the other, which is another document. */
function EntrySwitch() {
  const { home } = useEntry();
  return (
    <nav aria-label="Entries" className={classes.entries}>
      {ENTRIES.map((entry) => (
        <a key={entry.home} href={entry.home} aria-current={entry.home === home || undefined}>
          {entry.name}
        </a>
      ))}
    </nav>
  );
}

function useEntry(): Entry {
  return useRouteContext({ from: "/signed-in" }).entry;
}
