const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" });
const exact = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "long",
});

/** How long before or after `now`: "12 sec. ago", "in 3 min.". */
export function relativeTime(at: Date, now: number): string {
  const distance = at.getTime() - now;
  const size = Math.abs(distance);
  if (size < 5 * SECOND) {
    return "just now";
  }
  if (size < MINUTE) {
    return relative.format(Math.round(distance / SECOND), "second");
  }
  if (size < HOUR) {
    return relative.format(Math.round(distance / MINUTE), "minute");
  }
  if (size < DAY) {
    return relative.format(Math.round(distance / HOUR), "hour");
  }
  return relative.format(Math.round(distance / DAY), "day");
}

export function exactTime(at: Date): string {
  return exact.format(at);
}

/** A length of time in the two largest units that matter: "340 ms", "2.4 s", "3 min 5 s". */
export function duration(millis: number): string {
  if (millis < SECOND) {
    return `${Math.max(0, Math.round(millis))} ms`;
  }
  if (millis < MINUTE) {
    return `${(millis / SECOND).toFixed(millis < 10 * SECOND ? 1 : 0)} s`;
  }
  return millis < HOUR ? twoUnits(millis, MINUTE, "min", SECOND, "s") : twoUnits(millis, HOUR, "h", MINUTE, "min");
}

function twoUnits(millis: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((millis % large) / small);
  return `${Math.floor(millis / large)} ${largeName}${rest > 0 ? ` ${rest} ${smallName}` : ""}`;
}

/** The time between two instants of the API, or undefined while one is missing. */
export function between(from: string | null | undefined, to: string | null | undefined): number | undefined {
  return from && to ? Date.parse(to) - Date.parse(from) : undefined;
}
