import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, notFound, redirect } from "@tanstack/react-router";
import { parseSearch, stringifySearch, textOf } from "../look/address";
import { destination } from "../session/destination";
import { SignInPage } from "../session/SignInPage";
import { sessionQuery } from "../session/session";
import type { Entry } from "./entry";
import { Shell } from "./Shell";
import { NotFound, Trouble } from "./Trouble";

/** What both entries hang their pages on. A router takes these for its own: they must be given their children for each. */
export const root = createRootRouteWithContext<{ queries: QueryClient; entry: Entry }>()();

export const signIn = createRoute({
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

export const signedIn = createRoute({
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

/** How every router of ours reads addresses and shows what is wrong. */
export const ROUTING = {
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: Trouble,
  defaultNotFoundComponent: NotFound,
} as const;

/** Where this document was loaded. */
const LOADED_AT = window.location.pathname;

/** Leaves for an address of the other entry, which is another document. */
export function leaveFor(href: string): never {
  if (href.split(/[?#]/)[0] === LOADED_AT) {
    // The server has answered that very address with this document: asking it again would not end.
    throw notFound();
  }
  throw redirect({ href, reloadDocument: true });
}
