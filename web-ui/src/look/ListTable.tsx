import { Button, Skeleton } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { List } from "../api/list";
import classes from "./ListTable.module.css";
import { ProblemNotice } from "./ProblemNotice";

/** One column of a list; narrower screens leave out what is `from` a wider one. */
export interface Column<T> {
  title: string;
  cell: (item: T) => ReactNode;
  /** A CSS width; columns without one share what is left. */
  width?: string;
  from?: "tablet" | "desktop" | "wide";
  align?: "end";
  /** Takes more lines rather than end in dots; for lists of a few rows. */
  wraps?: boolean;
  /** Below the cell on a phone: the most important of the columns that have no room there. */
  brief?: (item: T) => ReactNode;
  /** For the column of buttons, which needs no title to be seen. */
  titleHidden?: boolean;
}

interface ListTableProps<T> {
  label: string;
  list: List<T>;
  columns: Column<T>[];
  keyOf: (item: T) => string;
  /** Shown instead of the table when there is nothing. */
  empty: ReactNode;
}

/** From here on only the rows in sight are in the document. */
const VIRTUAL_FROM = 150;
const ROW_HEIGHT = 41;
const SKELETON_ROWS = 5;

export function ListTable<T>({ label, list, columns, keyOf, empty }: ListTableProps<T>) {
  if (list.problem && !list.items) {
    return <ProblemNotice problem={list.problem} onRetry={list.retry} />;
  }
  if (list.items?.length === 0) {
    return <div className={classes.frame}>{empty}</div>;
  }
  return (
    <div className={classes.stack}>
      {list.problem && <ProblemNotice problem={list.problem} onRetry={list.retry} />}
      <div className={classes.frame}>
        <table
          className={classes.table}
          aria-label={label}
          aria-busy={!list.items}
          data-virtual={isLong(list.items) || undefined}
        >
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.title} scope="col" style={{ width: column.width }} {...traits(column)}>
                  <span className={column.titleHidden ? classes.hidden : undefined}>{column.title}</span>
                </th>
              ))}
            </tr>
          </thead>
          <Body items={list.items} columns={columns} keyOf={keyOf} />
        </table>
      </div>
      {list.hasMore && (
        <Button className={classes.more} variant="default" loading={list.isLoadingMore} onClick={list.loadMore}>
          Load more
        </Button>
      )}
    </div>
  );
}

interface BodyProps<T> {
  items: T[] | undefined;
  columns: Column<T>[];
  keyOf: (item: T) => string;
}

function Body<T>({ items, columns, keyOf }: BodyProps<T>) {
  if (!items) {
    return <SkeletonBody columns={columns} />;
  }
  if (isLong(items)) {
    return <VirtualBody items={items} columns={columns} keyOf={keyOf} />;
  }
  return (
    <tbody>
      {items.map((item) => (
        <Row key={keyOf(item)} item={item} columns={columns} />
      ))}
    </tbody>
  );
}

function isLong(items: unknown[] | undefined): boolean {
  return (items?.length ?? 0) >= VIRTUAL_FROM;
}

function VirtualBody<T>({ items, columns, keyOf }: BodyProps<T> & { items: T[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(top + window.scrollY);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 15,
    scrollMargin,
  });
  const rows = virtualizer.getVirtualItems();
  const before = (rows.at(0)?.start ?? scrollMargin) - scrollMargin;
  const after = virtualizer.getTotalSize() - ((rows.at(-1)?.end ?? scrollMargin) - scrollMargin);
  return (
    <tbody ref={body}>
      <Spacer height={before} columns={columns.length} />
      {rows.map(({ index }) => {
        const item = items[index];
        return item === undefined ? null : <Row key={keyOf(item)} item={item} columns={columns} />;
      })}
      <Spacer height={after} columns={columns.length} />
    </tbody>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? (
    <tr>
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  ) : null;
}

interface RowProps<T> {
  item: T;
  columns: Column<T>[];
}

function PlainRow<T>({ item, columns }: RowProps<T>) {
  return (
    <tr className={classes.row}>
      {columns.map((column) => (
        <td key={column.title} {...traits(column)}>
          {column.titleHidden ? <span className={classes.actions}>{column.cell(item)}</span> : column.cell(item)}
          {column.brief && <div className={classes.brief}>{column.brief(item)}</div>}
        </td>
      ))}
    </tr>
  );
}

/** Drawn again when its item or the columns are others: where these are constant, a dialog over a list does not draw the list. */
const Row = memo(PlainRow) as typeof PlainRow;

function SkeletonBody<T>({ columns }: { columns: Column<T>[] }) {
  return (
    <tbody>
      {Array.from({ length: SKELETON_ROWS }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <tr key={row} className={classes.row}>
          {columns.map((column) => (
            <td key={column.title} {...traits(column)}>
              <Skeleton height={10} width={column.titleHidden ? 0 : "60%"} radius="xl" />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function traits<T>({ from, align, wraps, titleHidden }: Column<T>) {
  return { "data-from": from, "data-align": align, "data-wraps": wraps, "data-actions": titleHidden };
}
