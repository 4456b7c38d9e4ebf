import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueries } from "../api/queries";
import { adoptTheme, Look } from "../look/Look";
import { sessionQuery } from "../session/session";
import { createUiRouter } from "./router";

const queries = createQueries(() => {
  // The session ended under an open page: the router leads to the sign-in and back.
  queries.setQueryData(sessionQuery.queryKey, null);
  void router.invalidate();
});
const router = createUiRouter(queries);

const container = document.getElementById("root");
if (!container) {
  throw new Error("index.html has no element #root");
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
