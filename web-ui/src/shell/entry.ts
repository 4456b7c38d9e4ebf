import type { LinkProps } from "@tanstack/react-router";
import type { IconName } from "../look/Icon";
import type { Role } from "../session/session";

/** A page that the navigation names. */
export interface Destination {
  to: NonNullable<LinkProps["to"]>;
  name: string;
  icon: IconName;
  /** The least role that sees anything there. */
  role: Role;
}

/** One of the two documents that this project is: each has its own pages, and leads to the other. */
export interface Entry {
  name: string;
  home: "/" | "/console";
  /** In the order in which the navigation shows them; a group is set apart from the next. */
  pages: Destination[][];
}

/** For those who use resources, tasks and functions. */
export const UI: Entry = {
  name: "UI",
  home: "/",
  pages: [
    [{ to: "/", name: "Home", icon: "home", role: "viewer" }],
    [
      { to: "/resources", name: "Resources", icon: "resource", role: "viewer" },
      { to: "/tunnels", name: "Tunnels", icon: "tunnel", role: "viewer" },
    ],
    [
      { to: "/tasks", name: "Tasks", icon: "task", role: "viewer" },
      { to: "/functions", name: "Functions", icon: "function", role: "viewer" },
      { to: "/schedules", name: "Schedules", icon: "schedule", role: "viewer" },
      { to: "/secrets", name: "Secrets", icon: "key", role: "viewer" },
      { to: "/webhooks", name: "Webhooks", icon: "webhook", role: "viewer" },
    ],
    [{ to: "/settings", name: "Settings", icon: "settings", role: "viewer" }],
  ],
};

/** For those who run the platform. */
export const CONSOLE: Entry = {
  name: "Console",
  home: "/console",
  pages: [
    [{ to: "/console", name: "Overview", icon: "home", role: "viewer" }],
    [
      { to: "/console/agents", name: "Agents", icon: "agent", role: "viewer" },
      { to: "/console/queues", name: "Queues", icon: "queue", role: "viewer" },
      { to: "/console/scaling", name: "Scaling", icon: "scaling", role: "viewer" },
    ],
    [
      { to: "/console/people", name: "People", icon: "user", role: "admin" },
      { to: "/console/audit", name: "Audit", icon: "audit", role: "admin" },
    ],
    [{ to: "/console/settings", name: "Workspace", icon: "settings", role: "viewer" }],
  ],
};

export const ENTRIES = [UI, CONSOLE];
