const KEY = "bascule.session-changed";

/** Tells the other tabs of this browser that somebody has signed out or in here. */
export function tellOtherTabs(): void {
  try {
    localStorage.setItem(KEY, String(performance.timeOrigin + performance.now()));
  } catch {
    // Where a browser forbids it, each tab finds out with its next call.
  }
}

/** Calls back when another tab has told so, or when somebody comes back to this one. @returns what ends that */
export function onSessionChange(look: () => void): () => void {
  const told = ({ key }: StorageEvent) => key === KEY && look();
  const seen = () => document.visibilityState === "visible" && look();
  window.addEventListener("storage", told);
  document.addEventListener("visibilitychange", seen);
  return () => {
    window.removeEventListener("storage", told);
    document.removeEventListener("visibilitychange", seen);
  };
}
