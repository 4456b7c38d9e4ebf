import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { functionSearch, functionsSearch } from "../functions/functionSearch";
import { resourceSearch } from "../resources/resourceSearch";
import { scheduleSearch } from "../schedules/scheduleSearch";
import { secretSearch } from "../secrets/secretSearch";
import { settingsSearch } from "../settings/settingsSearch";
import { signedIn } from "../shell/routes";
import { taskSearch } from "../tasks/taskSearch";
import { webhookSearch, webhooksSearch } from "../webhooks/webhookSearch";
import { leaveMovedTab } from "./moved";

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  component: lazyRouteComponent(() => import("../home/HomePage"), "HomePage"),
});

const resources = createRoute({
  getParentRoute: () => signedIn,
  path: "/resources",
  validateSearch: resourceSearch,
  component: lazyRouteComponent(() => import("../resources/ResourcesPage"), "ResourcesPage"),
});

const tunnels = createRoute({
  getParentRoute: () => signedIn,
  path: "/tunnels",
  component: lazyRouteComponent(() => import("../tunnels/TunnelsPage"), "TunnelsPage"),
});

const tasks = createRoute({
  getParentRoute: () => signedIn,
  path: "/tasks",
  validateSearch: taskSearch,
  component: lazyRouteComponent(() => import("../tasks/TasksPage"), "TasksPage"),
});

const task = createRoute({
  getParentRoute: () => signedIn,
  path: "/tasks/$taskId",
  component: lazyRouteComponent(() => import("../tasks/TaskPage"), "TaskPage"),
});

const functions = createRoute({
  getParentRoute: () => signedIn,
  path: "/functions",
  validateSearch: functionsSearch,
  component: lazyRouteComponent(() => import("../functions/FunctionsPage"), "FunctionsPage"),
});

const oneFunction = createRoute({
  getParentRoute: () => signedIn,
  path: "/functions/$name",
  validateSearch: functionSearch,
  component: lazyRouteComponent(() => import("../functions/FunctionPage"), "FunctionPage"),
});

const schedules = createRoute({
  getParentRoute: () => signedIn,
  path: "/schedules",
  validateSearch: scheduleSearch,
  component: lazyRouteComponent(() => import("../schedules/SchedulesPage"), "SchedulesPage"),
});

const secrets = createRoute({
  getParentRoute: () => signedIn,
  path: "/secrets",
  validateSearch: secretSearch,
  component: lazyRouteComponent(() => import("../secrets/SecretsPage"), "SecretsPage"),
});

const webhooks = createRoute({
  getParentRoute: () => signedIn,
  path: "/webhooks",
  validateSearch: webhooksSearch,
  component: lazyRouteComponent(() => import("../webhooks/WebhooksPage"), "WebhooksPage"),
});

const webhook = createRoute({
  getParentRoute: () => signedIn,
  path: "/webhooks/$name",
  validateSearch: webhookSearch,
  component: lazyRouteComponent(() => import("../webhooks/WebhookPage"), "WebhookPage"),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings",
  validateSearch: settingsSearch,
  beforeLoad: ({ location }) => leaveMovedTab(location.searchStr),
  component: lazyRouteComponent(() => import("../settings/SettingsPage"), "SettingsPage"),
});

/** The pages of those who use resources, tasks and functions. */
export const uiPages = [
  home,
  resources,
  tunnels,
  tasks,
  task,
  functions,
  oneFunction,
  schedules,
  secrets,
  webhooks,
  webhook,
  settings,
] as const;
