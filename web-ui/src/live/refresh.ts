import type { Query, QueryClient } from "@tanstack/react-query";
import type { ServerEvent } from "./sse";

/** Short enough to feel immediate, long enough to gather what happens together. */
const GATHER_MILLIS = 150;
/** At most this often is something read again, however much happens. */
const PAUSE_MILLIS = 1_000;
/** With more subjects than this, all pages about single things are read again rather than those about these. */
const MOST_SUBJECTS = 200;

/** Which lists an event is about: the start of its type, and the paths of the API that change with it. */
const TOPICS: { type: string; paths: string[] }[] = [
  { type: "io.bascule.task.", paths: ["/tasks", "/queues", "/schedules"] },
  { type: "io.bascule.tunnel.opened", paths: ["/tunnels", "/summary"] },
  { type: "io.bascule.tunnel.", paths: ["/tunnels"] },
  { type: "io.bascule.agent.", paths: ["/agents", "/resources", "/summary"] },
];

/**
 * Reads again what is on the screen when events say that it has changed. Events are gathered, and the next reading waits
 * for the one before: a thousand tasks that end together cost a few requests, not thousands.
 */
export class Refresh {
  private readonly queries: QueryClient;
  private paths = new Set<string>();
  private subjects = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private reading = false;
  private notBefore = 0;

  constructor(queries: QueryClient) {
    this.queries = queries;
  }

  /** Notes what an event is about. */
  changed({ type, data }: ServerEvent): void {
    const paths = TOPICS.find((topic) => type.startsWith(topic.type))?.paths;
    if (paths) {
      this.note(paths, subjectOf(data));
    }
  }

  /** Notes that anything may have changed. */
  allChanged(): void {
    this.note(
      TOPICS.flatMap(({ paths }) => paths),
      undefined,
    );
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.paths.clear();
    this.subjects.clear();
  }

  private note(paths: string[], subject: string | undefined): void {
    for (const path of paths) {
      this.paths.add(path);
    }
    if (this.subjects.size <= MOST_SUBJECTS) {
      this.subjects.add(subject ?? ANY);
    }
    this.plan();
  }

  private plan(): void {
    if (this.reading || this.timer !== undefined || this.paths.size === 0) {
      return;
    }
    this.timer = setTimeout(() => void this.readAgain(), Math.max(GATHER_MILLIS, this.notBefore - Date.now()));
  }

  private async readAgain(): Promise<void> {
    const { paths, subjects } = this;
    this.paths = new Set();
    this.subjects = new Set();
    this.timer = undefined;
    this.reading = true;
    const predicate = (query: Query) => concerns(query, paths, subjects);
    await this.queries.invalidateQueries({ predicate, refetchType: "none" });
    await this.queries.refetchQueries({ type: "active", predicate: (query) => predicate(query) && !isLong(query) });
    this.reading = false;
    this.notBefore = Date.now() + PAUSE_MILLIS;
    this.plan();
  }
}

const ANY = "*";

/** Keys are `[path, "list", …]` for lists and `[path, "one", id]` for single things, of which only some have changed. */
function concerns({ queryKey: [path, kind, id] }: Query, paths: Set<string>, subjects: Set<string>): boolean {
  if (!paths.has(String(path))) {
    return false;
  }
  const any = subjects.has(ANY) || subjects.size > MOST_SUBJECTS;
  return path !== "/tasks" || kind !== "one" || any || subjects.has(String(id));
}

const MOST_PAGES = 4;

/** A list of many pages costs many requests; whoever has scrolled that far reads old entries. */
function isLong({ state: { data } }: Query): boolean {
  return isPaged(data) && data.pages.length > MOST_PAGES;
}

function isPaged(data: unknown): data is { pages: unknown[] } {
  return typeof data === "object" && data !== null && "pages" in data && Array.isArray(data.pages);
}

function subjectOf(data: string): string | undefined {
  try {
    const event: unknown = JSON.parse(data);
    return typeof event === "object" && event !== null && "subject" in event ? String(event.subject) : undefined;
  } catch {
    return undefined;
  }
}
