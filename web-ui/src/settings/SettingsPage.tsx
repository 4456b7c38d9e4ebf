import { Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { oneOf } from "../look/address";
import { Page } from "../look/Page";
import { hasRole } from "../session/session";
import { useSession } from "../session/useSession";
import { People } from "./People";
import { QuotaPanel } from "./QuotaPanel";
import classes from "./Settings.module.css";
import { SystemPanel } from "./SystemPanel";
import { SETTINGS_TABS, type SettingsTab } from "./settingsSearch";
import { You } from "./You";

const route = getRouteApi("/signed-in/settings");

const NAMES: Record<SettingsTab, string> = { you: "You", people: "People", workspace: "Workspace", system: "System" };

export function SettingsPage() {
  const session = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tabs = SETTINGS_TABS.filter((one) => one !== "people" || hasRole(session, "admin"));
  const tab = tabs.find((one) => one === search.tab) ?? "you";
  return (
    <Page title="Settings" about={`Workspace ${session.workspace.name}; you are its ${session.role}.`}>
      <Tabs
        value={tab}
        onChange={(chosen) => navigate({ search: { tab: oneOf(SETTINGS_TABS, chosen) } })}
        keepMounted={false}
      >
        <Tabs.List>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {NAMES[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((one) => (
          <Tabs.Panel key={one} value={one} className={classes.tab}>
            <Content tab={one} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

function Content({ tab }: { tab: SettingsTab }) {
  switch (tab) {
    case "you":
      return <You />;
    case "people":
      return <People />;
    case "workspace":
      return <QuotaPanel />;
    case "system":
      return <SystemPanel />;
  }
}
