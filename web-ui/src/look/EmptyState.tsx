import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";
import { Icon, type IconName } from "./Icon";

interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** What belongs here and how it gets here. */
  children: ReactNode;
  /** A button and a command that fill the emptiness. */
  remedy?: ReactNode;
}

export function EmptyState({ icon, title, children, remedy }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>
        <Icon name={icon} size={22} />
      </span>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.words}>{children}</p>
      {remedy && <div className={classes.remedy}>{remedy}</div>}
    </div>
  );
}
