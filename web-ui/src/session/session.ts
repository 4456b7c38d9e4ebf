import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call";
import type { Reference } from "../api/list";
import { problemOf } from "../api/problem";

/** What a person may do in a workspace; each role may do all that the ones before it may. */
export type Role = "viewer" | "operator" | "admin" | "owner";

/** Who is signed in, and where. */
export interface Session {
  user: { id: string; username: string };
  workspace: Reference;
  role: Role;
}

export interface Credentials {
  username: string;
  password: string;
}

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
  return call<Session>("/session", { method: "POST", body: credentials });
}

/** Signs out; somebody whose session is gone already is signed out too. */
export async function signOut(): Promise<void> {
  try {
    await call<void>("/session", { method: "DELETE" });
  } catch (error) {
    if (problemOf(error).status !== 401) {
      throw error;
    }
  }
}

async function readSession(signal: AbortSignal): Promise<Session | null> {
  try {
    return await call<Session>("/session", { signal });
  } catch (error) {
    if (problemOf(error).status === 401) {
      return null;
    }
    throw error;
  }
}
