import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createQueries } from "../api/queries";
import { createConsoleRouter } from "../console/router";
import { Look } from "../look/Look";
import { loseSession } from "../session/lost";
import { createUiRouter } from "../ui/router";

/** Shows the UI, or the Console, as if its address had been opened. */
export function renderUi(address: string) {
  const queries = createQueries(loseSession);
  const create = address.startsWith("/console") ? createConsoleRouter : createUiRouter;
  const router = create(queries, createMemoryHistory({ initialEntries: [address] }));
  render(
    <Look still>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Look>,
  );
  return { router, queries };
}

/** Shows one component with nothing around it that it does not need. */
export function renderPart(part: ReactNode) {
  const queries = createQueries(() => {});
  return render(
    <Look still>
      <QueryClientProvider client={queries}>{part}</QueryClientProvider>
    </Look>,
  );
}
