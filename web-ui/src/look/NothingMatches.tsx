import type { LinkProps } from "@tanstack/react-router";
import { EmptyState } from "./EmptyState";
import { LinkButton } from "./links";

interface NothingMatchesProps {
  /** One of what was looked for, such as "task". */
  noun: string;
  /** The page, which shows all when its address holds nothing more. */
  page: NonNullable<LinkProps["to"]>;
}

/** Said where filters leave nothing of a list. */
export function NothingMatches({ noun, page }: NothingMatchesProps) {
  return (
    <EmptyState
      icon="search"
      title="Nothing matches"
      remedy={
        <LinkButton to={page} variant="default">
          Clear filters
        </LinkButton>
      }
    >
      No {noun} fits all of these filters.
    </EmptyState>
  );
}
