import { useEffect, useLayoutEffect, useSyncExternalStore } from "react";
import { readSession } from "./session";
import { onSessionChange } from "./tabs";

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
export function useSessionLost(user: string): boolean {
  useEffect(() => {
    findSession();
    return findSession;
  }, []);
  useEffect(() => onSessionChange(() => void loseUnlessOf(user)), [user]);
  // Before any dialog listens, as they all listen where a key is heard first.
  useLayoutEffect(() => {
    window.addEventListener("keydown", keepEscape, { capture: true });
    return () => window.removeEventListener("keydown", keepEscape, { capture: true });
  }, []);
  return useSyncExternalStore(subscribe, () => lost);
}

/** Over a page whose session is gone, Escape is meant for nobody: the dialog below stays, with what was typed there. */
function keepEscape(event: KeyboardEvent): void {
  if (lost && event.key === "Escape") {
    event.stopImmediatePropagation();
  }
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

/** In another tab somebody may have signed out, or in as somebody else, as whom this page must not act. */
async function loseUnlessOf(user: string): Promise<void> {
  // Once it is lost, the dialog that is open over the page looks.
  const session = lost ? undefined : await readSession().catch(() => undefined);
  if (session !== undefined && session?.user.id !== user) {
    loseSession();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
