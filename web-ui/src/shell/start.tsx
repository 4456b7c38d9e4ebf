import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type AnyRouter, RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueries } from "../api/queries";
import { adoptTheme, Look } from "../look/Look";
import { loseSession } from "../session/lost";
import { reloadAfterUpdates } from "./reload";

/** Shows an entry in its document. */
export function start(createRouter: (queries: QueryClient) => AnyRouter): void {
  const queries = createQueries(loseSession);
  const router = createRouter(queries);
  reloadAfterUpdates();
  const container = document.getElementById("root");
  if (!container) {
    throw new Error("the document has no element #root");
  }
  adoptTheme();
  createRoot(container).render(
    <StrictMode>
      <Look>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Look>
    </StrictMode>,
  );
}
