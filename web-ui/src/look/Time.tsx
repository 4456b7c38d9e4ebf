import { useNow } from "./clock";
import { duration, exactTime, relativeTime } from "./time";

/** When something happened, relative to now; the exact time is shown on hover. */
export function Time({ at }: { at: string | null | undefined }) {
  return at ? <KnownTime at={at} /> : <span>–</span>;
}

function KnownTime({ at }: { at: string }) {
  const date = new Date(at);
  const words = useNow((now) => relativeTime(date, now));
  return (
    <time dateTime={at} title={exactTime(date)}>
      {words}
    </time>
  );
}

/** The time since an instant, growing while one looks. */
export function Since({ at }: { at: string }) {
  const words = useNow((now) => duration(Math.max(1_000, now - Date.parse(at))));
  return <span>{words}</span>;
}
