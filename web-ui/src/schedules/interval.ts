export const UNITS = ["seconds", "minutes", "hours", "days"] as const;
export type Unit = (typeof UNITS)[number];

/** A length of time as people say it. */
export interface Interval {
  amount: number;
  unit: Unit;
}

const SECONDS: Record<Unit, number> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };
const LARGEST_FIRST = [...UNITS].reverse();
const ISO = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Reads an ISO 8601 duration of days or less, in the largest unit that it is a whole number of; undefined for others. */
export function parseInterval(text: string): Interval | undefined {
  const match = ISO.exec(text);
  if (!match) {
    return undefined;
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const total = days * SECONDS.days + hours * SECONDS.hours + minutes * SECONDS.minutes + seconds;
  const unit = LARGEST_FIRST.find((one) => total >= SECONDS[one] && total % SECONDS[one] === 0);
  return unit && { amount: total / SECONDS[unit], unit };
}

/** Writes it as an ISO 8601 duration. */
export function writeInterval({ amount, unit }: Interval): string {
  const letter = unit.charAt(0).toUpperCase();
  return unit === "days" ? `P${amount}${letter}` : `PT${amount}${letter}`;
}

/** "every 15 minutes", "every hour"; what cannot be read stays as it is. */
export function intervalInWords(text: string): string {
  const interval = parseInterval(text);
  if (!interval) {
    return `every ${text}`;
  }
  return interval.amount === 1 ? `every ${interval.unit.slice(0, -1)}` : `every ${interval.amount} ${interval.unit}`;
}
