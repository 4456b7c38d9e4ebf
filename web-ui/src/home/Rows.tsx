import type { ReactNode } from "react";
import { Panel } from "../look/Page";
import classes from "./HomePage.module.css";

const SHOWN = 6;

interface RowsProps<T> {
  title: string;
  /** The link to all of them. */
  aside: ReactNode;
  items: T[] | undefined;
  keyOf: (item: T) => string;
  /** What it is, how it is, and when; three cells. */
  row: (item: T) => ReactNode;
  /** Said when there is none. */
  none: string;
}

/** The first few of a list, in one line each. */
export function Rows<T>({ title, aside, items, keyOf, row, none }: RowsProps<T>) {
  return (
    <Panel title={title} aside={aside}>
      <ul className={classes.rows}>
        {items?.slice(0, SHOWN).map((item) => (
          <li key={keyOf(item)}>{row(item)}</li>
        ))}
        {items?.length === 0 && <li className={classes.none}>{none}</li>}
      </ul>
    </Panel>
  );
}
