import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isTemporary, type Problem, problemOf } from "./problem";

const MOST_RETRIES = 3;

/**
 * The cache of everything read from the API.
 *
 * @param signedOut called when a call finds the session gone
 */
export function createQueries(signedOut: () => void): QueryClient {
  const onError = (error: unknown, meta: Record<string, unknown> | undefined) => {
    if (problemOf(error).status === 401 && !meta?.signsIn) {
      signedOut();
    }
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => onError(error, query.meta) }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => onError(error, mutation.meta),
    }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (failures, error) => failures < MOST_RETRIES && isTemporary(problemOf(error)),
        retryDelay: (failures, error) => delayMillis(failures, problemOf(error)),
      },
      mutations: { retry: false },
    },
  });
}

function delayMillis(failures: number, { retryAfterSeconds }: Problem): number {
  return retryAfterSeconds === undefined
    ? Math.min(1_000 * 2 ** failures, 8_000)
    : Math.min(retryAfterSeconds, 30) * 1_000;
}
