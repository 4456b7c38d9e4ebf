import { queryOptions } from "@tanstack/react-query";
import type { Versioned } from "./call";

/**
 * How something is read that somebody is about to change, with the version that the change must name: from the server for
 * each form, never from what other pages have kept of it.
 */
export function editedOptions<T>(
  path: string,
  idOrName: string,
  read: (idOrName: string, signal: AbortSignal) => Promise<Versioned<T>>,
) {
  return queryOptions({
    queryKey: [path, "edited", idOrName],
    queryFn: ({ signal }) => read(idOrName, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
