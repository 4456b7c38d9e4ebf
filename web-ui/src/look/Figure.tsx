import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { List } from "../api/list";
import classes from "./Figure.module.css";

/** How much of everything there is, side by side. */
export function FigureRow({ children }: { children: ReactNode }) {
  return <div className={classes.figures}>{children}</div>;
}

interface FigureProps {
  /** The page that has more about it. */
  to: NonNullable<LinkProps["to"]>;
  number: string;
  children: ReactNode;
}

export function Figure({ to, number, children }: FigureProps) {
  return (
    <Link to={to} className={classes.figure}>
      <span className={classes.number}>{number}</span>
      <span className={classes.what}>{children}</span>
    </Link>
  );
}

/** How many of a list there are; a plus where only the first page was counted. */
export function countOf<T>({ items, hasMore }: List<T>): string {
  return items ? `${items.length}${hasMore ? "+" : ""}` : "–";
}

/** "agent" after a count of one, else "agents". */
export function nounOf(count: string, noun: string): string {
  return count === "1" ? noun : `${noun}s`;
}
