import { createRoute } from "@tanstack/react-router";
import { parseSearch } from "../look/address";
import { leaveFor, root } from "../shell/routes";

/** Pages that people may have bookmarked where they were before there was a Console. */
const PAGES = ["/agents", "/queues", "/scaling", "/audit"];

export const moved = PAGES.map((path) =>
  createRoute({
    getParentRoute: () => root,
    path,
    beforeLoad: ({ location }) => leaveFor(`/console${location.href}`),
  }),
);

/** Where the tabs are that the settings had, by what stood in their address. */
const TABS = new Map([
  ["people", "/console/people"],
  ["workspace", "/console/settings"],
  ["system", "/console"],
]);

/** Leaves for the page that a tab of the settings has become, if the address names one. */
export function leaveMovedTab(search: string): void {
  const page = TABS.get(String(parseSearch(search).tab));
  if (page) {
    leaveFor(page);
  }
}
