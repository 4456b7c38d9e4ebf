import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { agentSearch } from "../agents/agentSearch";
import { auditSearch } from "../audit/auditSearch";
import { functionSearch, functionsSearch } from "../functions/functionSearch";
import { parseSearch, stringifySearch, textOf } from "../look/address";
import { queueSearch } from "../queues/queueSearch";
import { resourceSearch } from "../resources/resourceSearch";
import { scheduleSearch } from "../schedules/scheduleSearch";
import { secretSearch } from "../secrets/secretSearch";
import { destination } from "../session/destination";
import { SignInPage } from "../session/SignInPage";
import { sessionQuery } from "../session/session";
import { settingsSearch } from "../settings/settingsSearch";
import { taskSearch } from "../tasks/taskSearch";
import { webhookSearch, webhooksSearch } from "../webhooks/webhookSearch";
import { Shell } from "./Shell";
import { NotFound, Trouble } from "./Trouble";

const root = createRootRouteWithContext<{ queries: QueryClient }>()();

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search): { to?: string } => ({ to: textOf(search.to) }),
  beforeLoad: async ({ context, search }) => {
    if (await context.queries.ensureQueryData(sessionQuery)) {
      throw redirect({ href: destination(search.to), replace: true });
    }
  },
  component: SignInPage,
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session) {
      throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { to: location.href }, replace: true });
    }
    return { session };
  },
  component: Shell,
});

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

const agents = createRoute({
  getParentRoute: () => signedIn,
  path: "/agents",
  validateSearch: agentSearch,
  component: lazyRouteComponent(() => import("../agents/AgentsPage"), "AgentsPage"),
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

const queues = createRoute({
  getParentRoute: () => signedIn,
  path: "/queues",
  validateSearch: queueSearch,
  component: lazyRouteComponent(() => import("../queues/QueuesPage"), "QueuesPage"),
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

const scaling = createRoute({
  getParentRoute: () => signedIn,
  path: "/scaling",
  component: lazyRouteComponent(() => import("../scaling/ScalingPage"), "ScalingPage"),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("../audit/AuditPage"), "AuditPage"),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings",
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import("../settings/SettingsPage"), "SettingsPage"),
});

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([
    home,
    resources,
    agents,
    tunnels,
    tasks,
    task,
    functions,
    oneFunction,
    queues,
    schedules,
    secrets,
    webhooks,
    webhook,
    scaling,
    audit,
    settings,
  ]),
]);

/** @param history where the addresses live; the browser's when left out */
export function createUiRouter(queries: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    history,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: Trouble,
    defaultNotFoundComponent: NotFound,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createUiRouter>;
  }
}
