import { call } from "../api/call";
import { listOptions } from "../api/list";
import type { Role } from "../session/session";

/** Somebody who may sign in. */
export interface Person {
  id: string;
  username: string;
  role: Role;
  createdAt: string;
  disabledAt?: string | null;
}

export interface PersonDraft {
  username: string;
  password: string;
  role: Role;
}

/** What each role adds to those before it. */
export const ROLES: { role: Role; may: string }[] = [
  { role: "viewer", may: "sees everything but the audit log" },
  { role: "operator", may: "opens tunnels, submits and cancels tasks, runs functions" },
  {
    role: "admin",
    may: "changes resources, agents, functions, queues, schedules, secrets, webhooks; reads the audit log",
  },
  { role: "owner", may: "adds people and sets the quota" },
];

const PATH = "/users";
const POLL_MILLIS = 15_000;

export const PEOPLE_KEY = [PATH];

export const peopleList = listOptions<Person>(PATH, {}, { pollMillis: POLL_MILLIS });

export function addPerson(draft: PersonDraft): Promise<Person> {
  return call<Person>(PATH, { method: "POST", body: draft });
}
