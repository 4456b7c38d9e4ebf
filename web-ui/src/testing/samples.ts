import type { OneFunction } from "../functions/functions";
import type { Queue } from "../queues/queues";
import type { Resource } from "../resources/resources";
import type { Schedule } from "../schedules/schedules";
import type { Secret } from "../secrets/secrets";
import type { Session } from "../session/session";
import type { Task, TaskType } from "../tasks/tasks";
import type { Delivery, Webhook } from "../webhooks/webhooks";

export const ADMIN: Session = {
  user: { id: "u-1", username: "ada" },
  workspace: { id: "w-1", name: "default" },
  role: "admin",
};

export function sampleTask(change: Partial<Task> = {}): Task {
  return {
    id: "t-1",
    type: "echo",
    lane: "instant",
    state: "succeeded",
    attempt: 1,
    failures: 0,
    input: { message: "hello" },
    result: "hello",
    priority: 0,
    labels: {},
    createdAt: "2026-11-01T10:00:00Z",
    startedAt: "2026-11-01T10:00:01Z",
    finishedAt: "2026-11-01T10:00:03.500Z",
    submittedBy: { id: "u-1", name: "ada" },
    ...change,
  };
}

export const ECHO: TaskType = {
  type: "echo",
  description: "Answers with its message.",
  lanes: ["instant"],
  inputSchema: {
    type: "object",
    properties: { message: { examples: ["hello"] }, sleepMillis: { type: "integer", minimum: 0, maximum: 60000 } },
  },
};

export const HTTP_REQUEST: TaskType = {
  type: "http.request",
  description: "Makes one HTTP request.",
  lanes: ["instant", "queued"],
  inputSchema: { type: "object", properties: { url: { type: "string" } }, required: ["url"] },
};

export function sampleResource(change: Partial<Resource> = {}): Resource {
  return {
    id: "r-1",
    name: "orders-db",
    kind: "postgres",
    agent: { id: "a-1", name: "berlin", state: "online" },
    host: "10.0.4.12",
    port: 5432,
    labels: { env: "production" },
    createdAt: "2026-11-01T10:00:00Z",
    updatedAt: "2026-11-01T10:00:00Z",
    ...change,
  };
}

export function sampleFunction(version = 1, latestVersion = version, liveVersion = latestVersion): OneFunction {
  return {
    id: "f-1",
    name: "add",
    runtime: "javascript",
    latestVersion,
    liveVersion,
    version: {
      version,
      aliases: version === liveVersion ? ["live"] : [],
      source: "const handler = ({ a, b }) => ({ sum: a + b });",
      timeoutSeconds: 30,
      memoryMib: 256,
      egress: ["api.example.com"],
      secrets: ["DB_PASSWORD"],
      resources: [],
      sourceBytes: 46,
      createdAt: "2026-11-01T10:00:00Z",
    },
    createdAt: "2026-11-01T10:00:00Z",
    updatedAt: "2026-11-01T10:00:00Z",
  };
}

export function sampleQueue(change: Partial<Queue> = {}): Queue {
  return {
    name: "reports",
    paused: false,
    concurrencyLimit: 1,
    ready: 0,
    running: 0,
    delayed: 0,
    held: 0,
    keyLimit: 1,
    createdAt: "2026-11-01T10:00:00Z",
    updatedAt: "2026-11-01T10:00:00Z",
    ...change,
  };
}

export function sampleSchedule(change: Partial<Schedule> = {}): Schedule {
  return {
    id: "s-1",
    name: "nightly",
    when: { cron: "0 2 * * *", zone: "Europe/Berlin" },
    jitterSeconds: 0,
    missedRuns: "skip",
    task: {
      type: "echo",
      input: { message: "hello" },
      priority: 0,
      retry: { maxFailures: 3, backoffSeconds: 9 },
      labels: { team: "a" },
      lane: "instant",
    },
    paused: false,
    nextRunAt: "2026-11-02T01:00:00Z",
    createdAt: "2026-11-01T10:00:00Z",
    updatedAt: "2026-11-01T10:00:00Z",
    createdBy: { id: "u-1", name: "ada" },
    owner: { id: "u-1", name: "ada" },
    ...change,
  };
}

export function sampleSecret(change: Partial<Secret> = {}): Secret {
  return {
    name: "DB_PASSWORD",
    version: 3,
    createdAt: "2026-11-01T10:00:00Z",
    updatedAt: "2026-11-02T10:00:00Z",
    updatedBy: "grace",
    ...change,
  };
}

export function sampleWebhook(change: Partial<Webhook> = {}): Webhook {
  return {
    id: "h-1",
    name: "reports",
    url: "https://example.org/hooks",
    eventTypes: ["io.bascule.task.finished"],
    description: "for the team",
    enabled: true,
    failures: 0,
    createdAt: "2026-11-01T10:00:00Z",
    updatedAt: "2026-11-01T10:00:00Z",
    createdBy: { id: "u-1", name: "ada" },
    ...change,
  };
}

export function sampleDelivery(change: Partial<Delivery> = {}): Delivery {
  return {
    id: "d-1",
    eventId: "7342-99",
    eventType: "io.bascule.task.finished",
    state: "delivered",
    attempts: 1,
    lastAttemptAt: "2026-11-01T10:00:01Z",
    lastStatus: 204,
    createdAt: "2026-11-01T10:00:00Z",
    finishedAt: "2026-11-01T10:00:01Z",
    body: { specversion: "1.0", source: "/bascule", type: "io.bascule.task.finished" },
    ...change,
  };
}
