import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { addressOf, call } from "./call";
import { currentConnection, useConnection } from "./connection";
import type { ItemOf, ListOperation, QueryOf } from "./operations";
import { type Problem, problemOf } from "./problem";

/** A page of a list: `next` is the cursor of the page after it. */
interface Page<T> {
  items: T[];
  next?: string;
}

const PAGE_SIZE = 50;
/** Polling reads every loaded page again, so it stops where that would be many. */
const MOST_POLLED_PAGES = 4;

/** What events announce is seen at once; this is for what none tells, and for a platform whose events stand still. */
const ANNOUNCED_POLL_MILLIS = 15_000;

/** How often something is read again while somebody looks at it. */
export interface Freshness {
  pollMillis: number;
  /** True when events tell of its changes, so that polling is only for the time when there is no stream of events. */
  announced?: boolean;
}

export function pollInterval({ pollMillis, announced = false }: Freshness): number {
  return announced && currentConnection() === "live" ? ANNOUNCED_POLL_MILLIS : pollMillis;
}

/**
 * How a list is read: all pages so far, more on demand, and again while somebody looks.
 *
 * @param path what stands for the names in the address of the list, if there are any
 */
export function listOptions<O extends ListOperation>(
  operation: O,
  query: QueryOf<O>,
  freshness: Freshness,
  path?: Record<string, string>,
) {
  const read = (cursor: string | undefined, signal: AbortSignal) => {
    const options = { path, query: { ...query, limit: PAGE_SIZE, cursor }, signal };
    return (call as CallOfLists)(operation, options) as Promise<Page<ItemOf<O>>>;
  };
  return pagesOptions([addressOf(operation, path), "list", query], read, freshness);
}

/** What all lists have in common: some have no pages, and take what asks for them for nothing. */
type CallOfLists = (operation: ListOperation, options: object) => Promise<unknown>;

function pagesOptions<T>(
  queryKey: unknown[],
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
  freshness: Freshness,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (tooManyToPoll(state.data) ? false : pollInterval(freshness)),
  });
}

/** The names to choose from where what a list holds is asked for. */
export function namesOf(operation: NamedOperation) {
  return queryOptions({
    queryKey: [addressOf(operation), "names"],
    queryFn: ({ signal }) => call(operation, { query: { limit: 100 }, signal }),
    select: ({ items }) => items.map(({ name }) => name),
    staleTime: 30_000,
  });
}

/** The lists of what has a name. */
type NamedOperation = {
  [O in ListOperation]: ItemOf<O> extends { name: string } ? ("limit" extends keyof QueryOf<O> ? O : never) : never;
}[ListOperation];

function tooManyToPoll(data: InfiniteData<unknown> | undefined): boolean {
  return (data?.pages.length ?? 0) > MOST_POLLED_PAGES;
}

/** A list on the screen. `items` is undefined until the first page is there. */
export interface List<T> {
  items: T[] | undefined;
  /** True while `items` are still those of the list that was asked for before, as with other filters. */
  isPrevious: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  problem: Problem | undefined;
  retry: () => void;
}

export function useList<T>(options: ReturnType<typeof pagesOptions<T>>): List<T> {
  // Rendered again, it also asks anew how often to poll.
  useConnection();
  const query = useInfiniteQuery(options);
  return {
    items: query.data?.pages.flatMap((page) => page.items),
    isPrevious: query.isPlaceholderData,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    problem: query.error ? problemOf(query.error) : undefined,
    retry: () => void query.refetch(),
  };
}
