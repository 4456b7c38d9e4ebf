import { useRouteContext } from "@tanstack/react-router";
import { hasRole, type Role, type Session } from "./session";

/** The session of the page; only for pages that nobody sees without one. */
export function useSession(): Session {
  return useRouteContext({ from: "/signed-in" }).session;
}

/** Why the signed-in person may not do something, or undefined when they may. */
export function useRefusal(needed: Role): string | undefined {
  const session = useSession();
  return hasRole(session, needed) ? undefined : `Needs the role ${needed}; yours is ${session.role}.`;
}
