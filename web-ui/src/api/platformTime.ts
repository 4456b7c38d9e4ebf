let ahead = 0;

/**
 * Learns from an answer how far the platform's clock is from this machine's, which may be wrong by hours. What was known
 * stays as long as the answer allows it, so that times on the page do not jump to and fro.
 *
 * @param date when the platform wrote the answer, as its `Date` header says it
 * @param sentAt when this machine asked for it
 */
export function noteDate(date: string | null, sentAt: number): void {
  const written = Date.parse(date ?? "");
  if (Number.isNaN(written)) {
    return;
  }
  // It was written before it came and after it was asked for; the header leaves parts of a second out.
  const least = written - Date.now();
  const most = written + 1_000 - sentAt;
  ahead = Math.min(Math.max(ahead, least), most);
}

/** What the platform's clock shows, in milliseconds since 1970, whatever this machine's does. */
export function platformNow(): number {
  return Date.now() + ahead;
}

/** Goes by this machine's clock again, as before the first answer. */
export function forgetDates(): void {
  ahead = 0;
}
