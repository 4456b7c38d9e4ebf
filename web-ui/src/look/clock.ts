import { useSyncExternalStore } from "react";
import { platformNow } from "../api/platformTime";

const TICK_MILLIS = 1_000;

let now = platformNow();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** Between two ticks the time stands still, but for the platform's saying that it is another one, and for a clock that slept. */
function present(): number {
  if (Math.abs(platformNow() - now) >= 2 * TICK_MILLIS) {
    now = platformNow();
  }
  return now;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MILLIS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function tick(): void {
  now = platformNow();
  for (const listener of listeners) {
    listener();
  }
}

/** Derives something from the present time of the platform, and again when a tick of the page's one clock changes it. */
export function useNow<T extends string | number | boolean>(derive: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => derive(present()));
}
