/** The events there are, and what each tells. */
export const EVENT_TYPES = [
  { type: "io.bascule.task.accepted", words: "A task was submitted" },
  { type: "io.bascule.task.started", words: "An attempt of a task began" },
  { type: "io.bascule.task.postponed", words: "A task failed or was handed back, and is tried again" },
  { type: "io.bascule.task.finished", words: "A task came to its end, good or bad" },
  { type: "io.bascule.schedule.fired", words: "A schedule submitted its task" },
  { type: "io.bascule.tunnel.opened", words: "Somebody or a task was let through to a resource" },
  { type: "io.bascule.tunnel.moved", words: "A tunnel went on over another bridge" },
  { type: "io.bascule.tunnel.closed", words: "A tunnel ended, with what it carried" },
] as const;

/** Every event of the workspace. */
export const ALL_EVENTS = "*";

const OURS = "io.bascule.";
const KNOWN: string[] = [ALL_EVENTS, ...EVENT_TYPES.map(({ type }) => type)];

/** Those that the list above does not show: beginnings, and types of another release. */
export function unlisted(types: string[]): string[] {
  return types.filter((type) => !KNOWN.includes(type));
}

/** Those that the list above shows. */
export function listed(types: string[]): string[] {
  return types.filter((type) => KNOWN.includes(type));
}

/** Without the beginning that all of them have: "task.finished". */
export function shortType(type: string): string {
  return type.startsWith(OURS) ? type.slice(OURS.length) : type;
}

/** "task.finished, task.started", "every event". */
export function typesInWords(types: string[]): string {
  return types.includes(ALL_EVENTS) ? "every event" : types.map(shortType).join(", ");
}
