import { expect, test, vi } from "vitest";
import { reloadAfterUpdates } from "./reload";

function missPart(): Event {
  const event = new Event("vite:preloadError", { cancelable: true });
  window.dispatchEvent(event);
  return event;
}

test("a page whose parts are gone is loaded again, once", () => {
  const reload = vi.fn();
  reloadAfterUpdates(reload);

  expect(missPart().defaultPrevented).toBe(true);
  expect(missPart().defaultPrevented).toBe(false);

  expect(reload).toHaveBeenCalledTimes(1);
});

test("a page that may not note that it was loaded again says what is missing instead", () => {
  const reload = vi.fn();
  reloadAfterUpdates(reload);
  const forbidden = () => {
    throw new DOMException("forbidden", "SecurityError");
  };
  vi.stubGlobal("sessionStorage", { getItem: forbidden, setItem: forbidden });

  expect(missPart().defaultPrevented).toBe(false);

  expect(reload).not.toHaveBeenCalled();
});
