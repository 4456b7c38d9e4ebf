import { notifications } from "@mantine/notifications";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { forgetDates } from "../api/platformTime";

// A failure names what was looked for; the whole document below it helps nobody.
configure({
  // A shared machine is slow at times; nothing here waits this long when it works.
  asyncUtilTimeout: 10_000,
  getElementError: (message) => new Error(message ?? "no such element"),
});

beforeEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: the only way in this environment
  document.cookie = "XSRF-TOKEN=the-token; path=/";
});

afterEach(() => {
  cleanup();
  // What was told stays told for seconds, in the next test's page too.
  notifications.clean();
  vi.unstubAllGlobals();
  forgetDates();
  localStorage.clear();
  sessionStorage.clear();
});
