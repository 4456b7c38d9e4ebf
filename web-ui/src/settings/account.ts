import { call } from "../api/call";
import { listOptions } from "../api/list";
import type { Schemas } from "../api/operations";

/** What programs of yours sign in with. */
export type AccessToken = Schemas["AccessToken"];

/** With its text, which is told once. */
export type CreatedToken = Schemas["CreatedToken"];

export type TokenDraft = Schemas["NewToken"];

/** Where you are signed in with a browser. */
export type OpenSession = Schemas["OpenSession"];

const POLL_MILLIS = 15_000;

export const TOKENS_KEY = ["/tokens"];
export const SESSIONS_KEY = ["/sessions"];
export const TOKEN_DAYS = { least: 1, most: 3_650 };

export const tokensList = listOptions("GET /tokens", {}, { pollMillis: POLL_MILLIS });
export const sessionsList = listOptions("GET /sessions", {}, { pollMillis: POLL_MILLIS });

export function createToken(draft: TokenDraft): Promise<CreatedToken> {
  return call("POST /tokens", { body: draft });
}

export function revokeToken(id: string): Promise<void> {
  return call("DELETE /tokens/{id}", { path: { id } });
}

export function endSession(id: string): Promise<void> {
  return call("DELETE /sessions/{id}", { path: { id } });
}
