import { call } from "../api/call";
import { listOptions } from "../api/list";
import type { Schemas } from "../api/operations";
import type { Role } from "../session/session";

/** Somebody who may sign in. */
export type Person = Schemas["User"];

export type PersonDraft = Schemas["NewUser"];

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

const POLL_MILLIS = 15_000;

export const PEOPLE_KEY = ["/users"];

export const peopleList = listOptions("GET /users", {}, { pollMillis: POLL_MILLIS });

export function addPerson(draft: PersonDraft): Promise<Person> {
  return call("POST /users", { body: draft });
}
