import type { IconName } from "../look/Icon";
import type { Role } from "../session/session";

export interface Destination {
  to:
    | "/"
    | "/resources"
    | "/agents"
    | "/tunnels"
    | "/tasks"
    | "/functions"
    | "/queues"
    | "/schedules"
    | "/secrets"
    | "/webhooks"
    | "/scaling"
    | "/audit"
    | "/settings";
  name: string;
  icon: IconName;
  /** The least role that sees anything there. */
  role: Role;
}

/** The pages of the UI in the order in which the navigation shows them; a group is set apart from the next. */
export const NAVIGATION: Destination[][] = [
  [{ to: "/", name: "Home", icon: "home", role: "viewer" }],
  [
    { to: "/resources", name: "Resources", icon: "resource", role: "viewer" },
    { to: "/agents", name: "Agents", icon: "agent", role: "viewer" },
    { to: "/tunnels", name: "Tunnels", icon: "tunnel", role: "viewer" },
  ],
  [
    { to: "/tasks", name: "Tasks", icon: "task", role: "viewer" },
    { to: "/functions", name: "Functions", icon: "function", role: "viewer" },
    { to: "/queues", name: "Queues", icon: "queue", role: "viewer" },
    { to: "/schedules", name: "Schedules", icon: "schedule", role: "viewer" },
    { to: "/secrets", name: "Secrets", icon: "key", role: "viewer" },
    { to: "/webhooks", name: "Webhooks", icon: "webhook", role: "viewer" },
  ],
  [
    { to: "/scaling", name: "Scaling", icon: "scaling", role: "viewer" },
    { to: "/audit", name: "Audit", icon: "audit", role: "admin" },
    { to: "/settings", name: "Settings", icon: "settings", role: "viewer" },
  ],
];
