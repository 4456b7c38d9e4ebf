import { useEffect, useSyncExternalStore } from "react";

/** Whether a call has found the session gone since the page that shows it was opened. */
let lost = false;
const listeners = new Set<() => void>();

export function loseSession(): void {
  set(true);
}

export function findSession(): void {
  set(false);
}

/** True while the session of an open page is gone. For what stands around all pages: it begins anew with each sign-in. */
export function useSessionLost(): boolean {
  useEffect(() => {
    findSession();
    return findSession;
  }, []);
  return useSyncExternalStore(subscribe, () => lost);
}

function set(next: boolean): void {
  if (next === lost) {
    return;
  }
  lost = next;
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
