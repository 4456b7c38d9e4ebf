import type { ReactNode } from "react";
import { Panel } from "./Page";
import classes from "./Rows.module.css";
import { Time } from "./Time";

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

/** Lists that stand side by side where there is room. */
export function RowColumns({ children }: { children: ReactNode }) {
  return <div className={classes.columns}>{children}</div>;
}

/** What is beside the point in a row. */
export function Soft({ children }: { children: ReactNode }) {
  return <span className={classes.soft}>{children}</span>;
}

/** The last cell of a row. */
export function Last({ children }: { children: ReactNode }) {
  return <span className={classes.when}>{children}</span>;
}

/** The last cell of a row, when that is a time. */
export function When({ at }: { at: string | null | undefined }) {
  return (
    <Last>
      <Time at={at} />
    </Last>
  );
}
