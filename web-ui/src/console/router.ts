import type { QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, notFound, type RouterHistory } from "@tanstack/react-router";
import { CONSOLE } from "../shell/entry";
import { leaveFor, ROUTING, root, signedIn, signIn } from "../shell/routes";
import { consolePages } from "./pages";

const everyOther = createRoute({
  getParentRoute: () => root,
  path: "/$",
  beforeLoad: ({ location }) => {
    if (location.pathname.startsWith(`${CONSOLE.home}/`)) {
      throw notFound();
    }
    leaveFor(location.href);
  },
});

/** @param history where the addresses live; the browser's when left out */
export function createConsoleRouter(queries: QueryClient, history?: RouterHistory) {
  const routeTree = root.addChildren([signIn, signedIn.addChildren([...consolePages]), everyOther]);
  return createRouter({ ...ROUTING, routeTree, history, context: { queries, entry: CONSOLE } });
}
