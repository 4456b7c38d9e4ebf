import { call, segment } from "../api/call";
import { listOptions } from "../api/list";

/** What programs of yours sign in with; its text is told once. */
export interface AccessToken {
  id: string;
  name: string;
  createdAt: string;
  expiresAt?: string | null;
  lastUsedAt?: string | null;
  revokedAt?: string | null;
}

export interface CreatedToken extends AccessToken {
  token: string;
}

export interface TokenDraft {
  name: string;
  expiresInDays?: number;
}

/** Where you are signed in with a browser. */
export interface OpenSession {
  id: string;
  client: string;
  address: string;
  signedInAt: string;
  lastSeenAt: string;
  current: boolean;
}

const TOKENS = "/tokens";
const SESSIONS = "/sessions";
const POLL_MILLIS = 15_000;

export const TOKENS_KEY = [TOKENS];
export const SESSIONS_KEY = [SESSIONS];
export const TOKEN_DAYS = { least: 1, most: 3_650 };

export const tokensList = listOptions<AccessToken>(TOKENS, {}, { pollMillis: POLL_MILLIS });
export const sessionsList = listOptions<OpenSession>(SESSIONS, {}, { pollMillis: POLL_MILLIS });

export function createToken(draft: TokenDraft): Promise<CreatedToken> {
  return call<CreatedToken>(TOKENS, { method: "POST", body: draft });
}

export function revokeToken(id: string): Promise<void> {
  return call<void>(`${TOKENS}/${segment(id)}`, { method: "DELETE" });
}

export function endSession(id: string): Promise<void> {
  return call<void>(`${SESSIONS}/${segment(id)}`, { method: "DELETE" });
}
