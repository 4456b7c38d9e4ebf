const KEY = "bascule.reloaded-at";
/** A page that was loaded this short ago is the newest there is: loading it again would not help. */
const FRESH_MILLIS = 30_000;

/**
 * Loads the page again when a part of it is not there any more, because the platform was updated while it was open. Of
 * what somebody was at, the address and the drafts of functions survive that.
 */
export function reloadAfterUpdates(reload: () => void = () => window.location.reload()): void {
  window.addEventListener("vite:preloadError", (event) => {
    if (notesReload()) {
      event.preventDefault();
      reload();
    }
  });
}

/** @returns whether a reload may help; not where a browser forbids to note it, as the page would be loaded for ever */
function notesReload(): boolean {
  try {
    const earlier = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - earlier <= FRESH_MILLIS) {
      return false;
    }
    sessionStorage.setItem(KEY, String(Date.now()));
    return true;
  } catch {
    return false;
  }
}
