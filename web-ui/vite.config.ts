import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The platform that `npm run dev` talks to. */
const platform = process.env.BASCULE_URL ?? "http://127.0.0.1:5000";

/**
 * The built pages carry the part of the content security policy that no deployment may loosen: nothing runs and nothing
 * styles except files of this build. A server may add to it. (The development server needs inline scripts, hence `build`.)
 */
const contentSecurityPolicy: Plugin = {
  name: "bascule-content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: {
        "http-equiv": "Content-Security-Policy",
        content: "script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'",
      },
      injectTo: "head-prepend",
    },
  ],
};

/** What a server does for the built pages, for the development server: all pages of the Console are one document. */
const consolePages: Plugin = {
  name: "bascule-console-pages",
  configureServer: (server) => {
    server.middlewares.use((request, _response, next) => {
      if (/^\/console([/?]|$)/.test(request.url ?? "") && request.headers.accept?.includes("text/html")) {
        request.url = "/console/index.html";
      }
      next();
    });
  },
};

export default defineConfig({
  plugins: [react(), contentSecurityPolicy, consolePages],
  server: { proxy: { "/api": platform } },
  build: {
    // The first browsers with light-dark(), which the colours of this UI are written in.
    target: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: { ui: "index.html", console: "console/index.html" } },
  },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/testing/setup.ts"],
    css: false,
    restoreMocks: true,
    testTimeout: 30_000,
    // One environment after the other: a third of the processor time, and setup.ts leaves nothing behind between tests.
    isolate: false,
    fileParallelism: false,
  },
});
