import type { QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, type RouterHistory } from "@tanstack/react-router";
import { CONSOLE, UI } from "../shell/entry";
import { leaveFor, ROUTING, root, signedIn, signIn } from "../shell/routes";
import { moved } from "./moved";
import { uiPages } from "./pages";

const pagesOfConsole = createRoute({
  getParentRoute: () => root,
  path: `${CONSOLE.home}/$`,
  beforeLoad: ({ location }) => leaveFor(location.href),
});

/** @param history where the addresses live; the browser's when left out */
export function createUiRouter(queries: QueryClient, history?: RouterHistory) {
  const routeTree = root.addChildren([signIn, signedIn.addChildren([...uiPages]), pagesOfConsole, ...moved]);
  return createRouter({ ...ROUTING, routeTree, history, context: { queries, entry: UI } });
}
