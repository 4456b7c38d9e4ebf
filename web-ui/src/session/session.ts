import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call";
import type { Schemas } from "../api/operations";
import { problemOf } from "../api/problem";

/** Who is signed in, and where. */
export type Session = Schemas["Session"];

/** What a person may do in a workspace; each role may do all that the ones before it may. */
export type Role = Session["role"];

export type Credentials = Schemas["SessionCredentials"];

const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2, owner: 3 };

export function hasRole(session: Session, needed: Role): boolean {
  return RANK[session.role] >= RANK[needed];
}

/** The session of this browser, or null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => readSession(signal),
  staleTime: 60_000,
  // Without an answer there is no page, so the page says at once what is wrong and tries again by itself.
  retry: false,
});

export function signIn(credentials: Credentials): Promise<Session> {
  return call("POST /session", { body: credentials });
}

/** Signs out; somebody whose session is gone already is signed out too. */
export async function signOut(): Promise<void> {
  try {
    await call("DELETE /session");
  } catch (error) {
    if (problemOf(error).status !== 401) {
      throw error;
    }
  }
}

/** The session of this browser as the platform knows it, or null when nobody is signed in. */
export async function readSession(signal?: AbortSignal): Promise<Session | null> {
  try {
    return await call("GET /session", { signal });
  } catch (error) {
    if (problemOf(error).status === 401) {
      return null;
    }
    throw error;
  }
}
