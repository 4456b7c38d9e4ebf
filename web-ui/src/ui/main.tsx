import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueries } from "../api/queries";
import { adoptTheme, Look } from "../look/Look";
import { loseSession } from "../session/lost";
import { reloadAfterUpdates } from "./reload";
import { createUiRouter } from "./router";

const queries = createQueries(loseSession);
const router = createUiRouter(queries);

reloadAfterUpdates();

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
