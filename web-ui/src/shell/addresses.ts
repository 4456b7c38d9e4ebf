import { createRouter } from "@tanstack/react-router";
import { createQueries } from "../api/queries";
import { consolePages } from "../console/pages";
import { uiPages } from "../ui/pages";
import { UI } from "./entry";
import { root, signedIn, signIn } from "./routes";

/** Never called, and in no document: with its type, a link to an address that neither entry has does not compile. */
export function everyAddress() {
  const pages = signedIn.addChildren([...uiPages, ...consolePages]);
  return createRouter({
    routeTree: root.addChildren([signIn, pages]),
    context: { queries: createQueries(() => {}), entry: UI },
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof everyAddress>;
  }
}
