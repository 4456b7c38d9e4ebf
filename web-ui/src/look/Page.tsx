import type { ReactNode } from "react";
import classes from "./Page.module.css";
import { usePageTitle } from "./usePageTitle";

interface PageProps {
  title: string;
  /** What this page is about, for somebody who sees it the first time. */
  about?: ReactNode;
  /** Above the title: where this page hangs. */
  trail?: ReactNode;
  /** Beside the title: what can be done here. */
  actions?: ReactNode;
  /** What stands beside the title as part of it, such as a state. */
  mark?: ReactNode;
  children: ReactNode;
}

export function Page({ title, about, trail, actions, mark, children }: PageProps) {
  usePageTitle(title);
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {trail}
          <div className={classes.titleLine}>
            <h1 className={classes.title}>{title}</h1>
            {mark}
          </div>
          {about && <p className={classes.about}>{about}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A titled box of a page. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.panel} aria-label={title}>
      <header className={classes.panelHeader}>
        <h2 className={classes.panelTitle}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** What stands in a panel with room around it; its paragraphs explain the rest. */
export function PanelBody({ children }: { children: ReactNode }) {
  return <div className={classes.panelBody}>{children}</div>;
}

/** The filters above a list. */
export function FilterBar({ children }: { children: ReactNode }) {
  return (
    <section className={classes.filters} aria-label="Filters">
      {children}
    </section>
  );
}
