import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { agentSearch } from "../agents/agentSearch";
import { auditSearch } from "../audit/auditSearch";
import { peopleSearch } from "../people/peopleSearch";
import { queueSearch } from "../queues/queueSearch";
import { scalingSearch } from "../scaling/scalingSearch";
import { signedIn } from "../shell/routes";
import { workspaceSearch } from "../workspace/workspaceSearch";

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: "/console",
  component: lazyRouteComponent(() => import("../overview/OverviewPage"), "OverviewPage"),
});

const agents = createRoute({
  getParentRoute: () => signedIn,
  path: "/console/agents",
  validateSearch: agentSearch,
  component: lazyRouteComponent(() => import("../agents/AgentsPage"), "AgentsPage"),
});

const queues = createRoute({
  getParentRoute: () => signedIn,
  path: "/console/queues",
  validateSearch: queueSearch,
  component: lazyRouteComponent(() => import("../queues/QueuesPage"), "QueuesPage"),
});

const scaling = createRoute({
  getParentRoute: () => signedIn,
  path: "/console/scaling",
  validateSearch: scalingSearch,
  component: lazyRouteComponent(() => import("../scaling/ScalingPage"), "ScalingPage"),
});

const people = createRoute({
  getParentRoute: () => signedIn,
  path: "/console/people",
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import("../people/PeoplePage"), "PeoplePage"),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: "/console/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("../audit/AuditPage"), "AuditPage"),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/console/settings",
  validateSearch: workspaceSearch,
  component: lazyRouteComponent(() => import("../workspace/WorkspacePage"), "WorkspacePage"),
});

/** The pages of those who run the platform. */
export const consolePages = [overview, agents, queues, scaling, people, audit, settings] as const;
